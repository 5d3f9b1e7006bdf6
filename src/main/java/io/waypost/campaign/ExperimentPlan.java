package io.waypost.campaign;

import java.time.Duration;
import java.util.List;

import io.waypost.agent.ContentVariant;
import io.waypost.experiment.GoalMetric;
import org.jspecify.annotations.Nullable;

/**
 * Test of a campaign's variants with a part of the audience.
 *
 * @param variants at least two; the first is the default, sent without a winner
 * @param metric winning metric
 * @param percent part of the audience in the test
 * @param duration time from the first message to the first decision
 * @param window conversion window after each message, at most the duration; null means
 * the duration
 */
public record ExperimentPlan(List<ContentVariant> variants, GoalMetric metric, double percent, Duration duration,
		@Nullable Duration window) {

	public ExperimentPlan {
		variants = List.copyOf(variants);
	}

	/**
	 * Returns the conversion window.
	 * @return at most the duration
	 */
	public Duration reactionWindow() {
		return (this.window != null) ? this.window : this.duration;
	}

	/**
	 * Returns the names of the variants.
	 * @return the names, the default first
	 */
	public List<String> names() {
		return this.variants.stream().map(ContentVariant::name).toList();
	}

}
