package io.waypost.experiment.stats;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Posterior distribution of an effect with a normal prior and the estimate as a normal
 * observation (conjugate; Gelman et al., "Bayesian Data Analysis", §2.5).
 *
 * @param mean mean of the posterior
 * @param standardDeviation of the posterior
 */
public record EffectPosteriorOracle(double mean, double standardDeviation) {

	private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

	/**
	 * Computes the posterior with a flat prior.
	 * @param effect the estimate
	 * @return the posterior
	 */
	public static EffectPosteriorOracle flatPrior(Effect effect) {
		return new EffectPosteriorOracle(effect.estimate(), StatisticsOracle.standardError(effect));
	}

	/**
	 * Computes the posterior with a normal prior.
	 * @param effect the estimate
	 * @param priorMean mean of the prior, in the unit of the effect
	 * @param priorVariance variance of the prior
	 * @return the posterior
	 */
	public static EffectPosteriorOracle informed(Effect effect, double priorMean, double priorVariance) {
		double precision = 1 / effect.variance() + 1 / priorVariance;
		double mean = (effect.estimate() / effect.variance() + priorMean / priorVariance) / precision;
		return new EffectPosteriorOracle(mean, Math.sqrt(1 / precision));
	}

	/**
	 * Computes the probability that the treatment is better.
	 * @return between 0 and 1
	 */
	public double chanceToWin() {
		return NORMAL.cumulativeProbability(this.mean / this.standardDeviation);
	}

	/**
	 * Expected loss of keeping the control: E[effect+].
	 * @return in the unit of the effect
	 */
	public double lossOfControl() {
		return positivePart(this.mean);
	}

	/**
	 * Expected loss of choosing the treatment: E[(-effect)+].
	 * @return in the unit of the effect
	 */
	public double lossOfTreatment() {
		return positivePart(-this.mean);
	}

	/**
	 * Computes the equal-tailed credible interval.
	 * @param alpha probability outside the interval
	 * @return the equal-tailed credible interval
	 */
	public Interval interval(double alpha) {
		return Interval.around(this.mean, NORMAL.inverseSurvivalProbability(alpha / 2) * this.standardDeviation);
	}

	/** E[X+] of a normal X: μ Φ(μ/σ) + σ φ(μ/σ). */
	private double positivePart(double mean) {
		double z = mean / this.standardDeviation;
		return mean * NORMAL.cumulativeProbability(z) + this.standardDeviation * NORMAL.density(z);
	}

}
