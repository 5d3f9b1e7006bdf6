package io.waypost.agent.write;

import java.util.Locale;
import java.util.Set;

import io.waypost.content.TemplateCopy;
import io.waypost.feature.LifecycleStage;
import org.jspecify.annotations.Nullable;

/**
 * Input of the rule-based writer.
 *
 * @param goal purpose of the message
 * @param stage the recipient's lifecycle stage
 * @param angle why the message may interest the recipient
 * @param locale language of the texts and format of the numbers
 * @param facts the known facts
 * @param seed selects among equivalent fragments; 0 selects the first. The same request
 * always gives the same draft
 * @param attempt 1 for the first; each attempt has another subject line
 * @param authored texts of the template, which replace generated ones; null for none
 * @param recent ids of outlines that the recipient got lately; others are preferred
 * @param posteriors what is known about the success of fragments
 */
public record DraftRequest(String goal, LifecycleStage stage, String angle, Locale locale, ContentFacts facts,
		long seed, int attempt, @Nullable TemplateCopy authored, Set<String> recent, FragmentPosteriors posteriors) {

	/** Creates a request without knowledge of earlier messages. */
	public DraftRequest(String goal, LifecycleStage stage, String angle, Locale locale, ContentFacts facts, long seed,
			int attempt, @Nullable TemplateCopy authored) {
		this(goal, stage, angle, locale, facts, seed, attempt, authored, Set.of(), FragmentPosteriors.UNINFORMED);
	}

	public DraftRequest {
		recent = Set.copyOf(recent);
	}

}
