package io.waypost.experiment.stats;

import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Student's t with unequal variances (Welch 1947). Valid for one look that was fixed
 * beforehand; for repeated looks see {@link ConfidenceSequence}.
 */
public final class WelchOracle {

	private WelchOracle() {
	}

	/**
	 * The chance of an estimate at least this far from 0 if there were no effect.
	 * @param effect what was seen
	 * @return two-sided p-value
	 */
	public static double pValue(Effect effect) {
		return Math.min(1, 2 * distribution(effect).survivalProbability(Math.abs(statistic(effect))));
	}

	/**
	 * The chance of an estimate at least this high if there were no effect.
	 * @param effect what was seen
	 * @return one-sided p-value
	 */
	public static double pValueGreater(Effect effect) {
		return distribution(effect).survivalProbability(statistic(effect));
	}

	/**
	 * The chance of an estimate at least this low if there were no effect.
	 * @param effect what was seen
	 * @return one-sided p-value
	 */
	public static double pValueLess(Effect effect) {
		return distribution(effect).cumulativeProbability(statistic(effect));
	}

	/**
	 * Where the true effect is.
	 * @param effect what was seen
	 * @param alpha how often the interval may miss it
	 * @return two-sided interval
	 */
	public static Interval interval(Effect effect, double alpha) {
		return Interval.around(effect.estimate(), halfWidth(effect, alpha / 2));
	}

	/**
	 * What the true effect is above.
	 * @param effect what was seen
	 * @param alpha how often the bound may miss it
	 * @return interval without an upper end
	 */
	public static Interval above(Effect effect, double alpha) {
		return new Interval(effect.estimate() - halfWidth(effect, alpha), Double.POSITIVE_INFINITY);
	}

	/**
	 * What the true effect is below.
	 * @param effect what was seen
	 * @param alpha how often the bound may miss it
	 * @return interval without a lower end
	 */
	public static Interval below(Effect effect, double alpha) {
		return new Interval(Double.NEGATIVE_INFINITY, effect.estimate() + halfWidth(effect, alpha));
	}

	private static double statistic(Effect effect) {
		return effect.estimate() / effect.standardError();
	}

	private static double halfWidth(Effect effect, double tail) {
		return distribution(effect).inverseSurvivalProbability(tail) * effect.standardError();
	}

	private static TDistribution distribution(Effect effect) {
		return TDistribution.of(effect.degreesOfFreedom());
	}

}
