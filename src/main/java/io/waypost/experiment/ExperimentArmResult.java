package io.waypost.experiment;

import java.util.List;

import io.waypost.experiment.stats.Interval;
import org.jspecify.annotations.Nullable;

/**
 * Results of one arm.
 *
 * @param arm key of the arm
 * @param share current share of the people who enter the test
 * @param exposed people in the test who were sent the arm
 * @param matured exposed people whose conversion window is over
 * @param conversions matured people who converted (clicked or bought)
 * @param rate conversions divided by matured
 * @param chanceToBeBest probability that the arm has the highest rate, with a uniform
 * prior
 * @param comparison with the default arm; null for the default arm itself and while there
 * is too little data
 * @param guardrails one result per guardrail, in the order of the definition
 */
public record ExperimentArmResult(String arm, double share, long exposed, long matured, long conversions, double rate,
		double chanceToBeBest, @Nullable ArmComparison comparison, List<GuardrailMetricResult> guardrails) {

	/**
	 * Comparison of an arm with the default arm. The confidence intervals are always
	 * valid: they hold at all interim analyses and for all arms together.
	 *
	 * @param difference of the rates
	 * @param interval confidence interval of the difference
	 * @param lift difference divided by the default arm's rate, null while that is 0
	 * @param liftInterval confidence interval of the lift, null while lift is
	 * @param adjustedP always-valid p-value, adjusted for the number of arms (Holm)
	 */
	public record ArmComparison(double difference, Interval interval, @Nullable Double lift,
			@Nullable Interval liftInterval, double adjustedP) {

	}

	/**
	 * Result of one guardrail metric of one arm.
	 *
	 * @param harm the metric
	 * @param count matured people with the event
	 * @param rate count divided by matured
	 * @param margin by how much the rate may exceed that of the default arm
	 * @param state evaluation
	 */
	public record GuardrailMetricResult(GuardrailMetric harm, long count, double rate, double margin,
			GuardrailState state) {

		/** Evaluation of a guardrail. */
		public enum GuardrailState {

			/** The estimate is within the margin. */
			WITHIN,

			/** The estimate is beyond the margin, but not significantly. */
			DOUBTFUL,

			/** Significantly beyond the margin. */
			BROKEN

		}

	}

}
