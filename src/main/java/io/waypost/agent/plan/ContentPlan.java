package io.waypost.agent.plan;

import java.util.List;

import io.waypost.feature.LifecycleStage;

/**
 * Plan of a message's content.
 *
 * @param goal purpose of the message, the template key
 * @param archetype key of the archetype
 * @param angle why the message may interest the recipient, for example {@code reminder}
 * @param tone tone of voice
 * @param locale BCP 47 tag of the content
 * @param stage the recipient's lifecycle stage
 * @param productIds products that it may name, most important first
 * @param category category that it refers to, empty for none
 * @param subtasks names of the texts that the executor has to write
 * @param featureAge {@code fresh}, or {@code none} when the plan uses no features
 */
public record ContentPlan(String goal, String archetype, String angle, String tone, String locale, LifecycleStage stage,
		List<String> productIds, String category, List<String> subtasks, String featureAge) {

	public ContentPlan {
		productIds = List.copyOf(productIds);
		subtasks = List.copyOf(subtasks);
	}

}
