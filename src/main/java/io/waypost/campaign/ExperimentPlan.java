package io.waypost.campaign;

import java.time.Duration;
import java.util.List;

import io.waypost.agent.ContentVariant;
import io.waypost.experiment.GoalMetric;
import org.jspecify.annotations.Nullable;

/**
 * How variants are tried before everybody is written to.
 *
 * @param variants at least two, the first is what is sent when nothing is clear
 * @param metric what decides
 * @param percent share of the audience that is written to in the test
 * @param duration from the first message to the first verdict
 * @param window how long after its message a reaction counts; at most the duration, and
 * the duration when nobody said
 */
public record ExperimentPlan(List<ContentVariant> variants, GoalMetric metric, double percent, Duration duration,
		@Nullable Duration window) {

	public ExperimentPlan {
		variants = List.copyOf(variants);
	}

	/**
	 * How long after its message a reaction counts.
	 * @return at most the duration
	 */
	public Duration reactionWindow() {
		return (this.window != null) ? this.window : this.duration;
	}

	/**
	 * What the variants are called.
	 * @return in order
	 */
	public List<String> names() {
		return this.variants.stream().map(ContentVariant::name).toList();
	}

}
