package io.waypost.experiment;

import java.util.List;

import io.waypost.experiment.stats.Interval;
import org.jspecify.annotations.Nullable;

/**
 * How one arm does.
 *
 * @param arm its name
 * @param share its share of those who come in now
 * @param exposed people in the test who were sent it
 * @param matured how many of them had their whole window to react
 * @param conversions how many of those converted (clicked or bought)
 * @param rate conversions by matured
 * @param chanceToBeBest chance that its rate is the highest, with a uniform prior
 * @param comparison with the default arm; null for that one itself, and while too little
 * is known
 * @param guardrails one for each guardrail, in order
 */
public record ExperimentArmResult(String arm, double share, long exposed, long matured, long conversions, double rate,
		double chanceToBeBest, @Nullable ArmComparison comparison, List<GuardrailMetricResult> guardrails) {

	/**
	 * One arm beside the default one. Intervals are always valid: they hold at all looks
	 * at once, for all arms together.
	 *
	 * @param difference of the rates
	 * @param interval where the true difference is
	 * @param lift the difference as a share of the default arm's rate, null while that is
	 * 0
	 * @param liftInterval where the true lift is, null likewise
	 * @param adjustedP always-valid p-value, adjusted for the number of arms (Holm)
	 */
	public record ArmComparison(double difference, Interval interval, @Nullable Double lift,
			@Nullable Interval liftInterval, double adjustedP) {

	}

	/**
	 * One guardrail of one arm.
	 *
	 * @param harm what is counted
	 * @param count of matured people it happened to
	 * @param rate count by matured
	 * @param margin by how much the rate may be higher than the default arm's
	 * @param state what that means
	 */
	public record GuardrailMetricResult(GuardrailMetric harm, long count, double rate, double margin,
			GuardrailState state) {

		/** How a guardrail stands. */
		public enum GuardrailState {

			/** Within its margin as far as can be seen. */
			WITHIN,

			/** Beyond its margin, perhaps by chance. */
			DOUBTFUL,

			/** Beyond its margin for sure. */
			BROKEN

		}

	}

}
