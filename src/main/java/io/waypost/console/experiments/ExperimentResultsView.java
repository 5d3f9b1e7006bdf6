package io.waypost.console.experiments;

import java.util.List;

import io.waypost.console.LabelledValue;
import io.waypost.console.Labels;
import io.waypost.console.StatusView;
import org.jspecify.annotations.Nullable;

/**
 * Results of an experiment.
 *
 * @param decision the decision
 * @param sentence explanation of the decision
 * @param metric label of the winning metric's count
 * @param problem why the results are not valid, null when they are
 * @param arms the variants
 * @param differences difference of each variant to the default variant
 * @param scale ends of the differences' chart, null without differences
 * @param lift lift vs control group, null before it is known
 * @param when start and deadline
 * @param seconds refresh interval, 0 for never
 */
public record ExperimentResultsView(StatusView decision, String sentence, String metric, @Nullable String problem,
		List<ArmResult> arms, List<IntervalBar> differences, @Nullable ChartScale scale, @Nullable LiftView lift,
		List<LabelledValue> when, int seconds) {

	/** Results of one variant. */
	record ArmResult(String name, long sent, long matured, long conversions, String rate, double share, String best,
			List<GuardrailResult> guardrails) {

	}

	/** Result of a guardrail metric. */
	record GuardrailResult(String name, String rate, String state, String tone) {

	}

	/**
	 * A confidence interval in a chart of width 100.
	 *
	 * @param name label
	 * @param from left end
	 * @param width width
	 * @param estimate position of the estimate
	 * @param zero position of zero
	 * @param tone {@code good}, {@code bad} or {@code held}
	 * @param description text alternative
	 */
	record IntervalBar(String name, double from, double width, double estimate, double zero, String tone,
			String description) {

	}

	/** Labels of a chart's ends. */
	record ChartScale(String left, String right) {

	}

	/**
	 * Lift vs control group.
	 *
	 * @param sentence explanation
	 * @param basis size of both groups
	 * @param gains orders and revenue
	 */
	record LiftView(String sentence, String basis, List<GainResult> gains) {

	}

	/** A total with its confidence interval. */
	record GainResult(String name, String total, IntervalBar bar, ChartScale scale) {

	}

}
