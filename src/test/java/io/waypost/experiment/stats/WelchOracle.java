package io.waypost.experiment.stats;

import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Student's t test with unequal variances (Welch 1947). Valid for a single planned
 * analysis; for repeated analyses see {@link ConfidenceSequence}.
 */
public final class WelchOracle {

	private WelchOracle() {
	}

	/**
	 * Computes the two-sided p-value.
	 * @param effect the estimate
	 * @return two-sided p-value
	 */
	public static double pValue(Effect effect) {
		return Math.min(1, 2 * distribution(effect).survivalProbability(Math.abs(statistic(effect))));
	}

	/**
	 * Computes the p-value of "greater".
	 * @param effect the estimate
	 * @return one-sided p-value
	 */
	public static double pValueGreater(Effect effect) {
		return distribution(effect).survivalProbability(statistic(effect));
	}

	/**
	 * Computes the p-value of "less".
	 * @param effect the estimate
	 * @return one-sided p-value
	 */
	public static double pValueLess(Effect effect) {
		return distribution(effect).cumulativeProbability(statistic(effect));
	}

	/**
	 * Computes the two-sided interval.
	 * @param effect the estimate
	 * @param alpha error probability
	 * @return two-sided interval
	 */
	public static Interval interval(Effect effect, double alpha) {
		return Interval.around(effect.estimate(), halfWidth(effect, alpha / 2));
	}

	/**
	 * Computes the lower bound.
	 * @param effect the estimate
	 * @param alpha error probability
	 * @return interval with an infinite upper end
	 */
	public static Interval above(Effect effect, double alpha) {
		return new Interval(effect.estimate() - halfWidth(effect, alpha), Double.POSITIVE_INFINITY);
	}

	/**
	 * Computes the upper bound.
	 * @param effect the estimate
	 * @param alpha error probability
	 * @return interval with an infinite lower end
	 */
	public static Interval below(Effect effect, double alpha) {
		return new Interval(Double.NEGATIVE_INFINITY, effect.estimate() + halfWidth(effect, alpha));
	}

	private static double statistic(Effect effect) {
		return effect.estimate() / StatisticsOracle.standardError(effect);
	}

	private static double halfWidth(Effect effect, double tail) {
		return distribution(effect).inverseSurvivalProbability(tail) * StatisticsOracle.standardError(effect);
	}

	private static TDistribution distribution(Effect effect) {
		return TDistribution.of(effect.degreesOfFreedom());
	}

}
