package io.waypost.agent.plan;

import java.util.List;

import io.waypost.feature.LifecycleStage;

/**
 * What a message should say, before words are found.
 *
 * @param goal what it is for, the template key
 * @param archetype key of the group of people that share these words
 * @param angle why it may interest them, for example {@code reminder}, {@code loyalty}
 * @param tone how it speaks
 * @param locale BCP 47 tag of the words
 * @param stage the recipient's lifecycle stage
 * @param productIds catalogue facts it may use, most important first
 * @param category the category it leans on, empty for none
 * @param subtasks what the executor has to write, by name
 * @param featureAge {@code fresh} or {@code stale}
 */
public record ContentPlan(String goal, String archetype, String angle, String tone, String locale, LifecycleStage stage,
		List<String> productIds, String category, List<String> subtasks, String featureAge) {

	public ContentPlan {
		productIds = List.copyOf(productIds);
		subtasks = List.copyOf(subtasks);
	}

}
