package io.waypost.experiment.stats;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * What is believed of an effect: a normal prior on the effect itself, and the estimate as
 * a normal observation (conjugate; Gelman et al., "Bayesian Data Analysis", §2.5).
 *
 * @param mean expected effect
 * @param standardDeviation of that belief
 */
public record EffectPosteriorOracle(double mean, double standardDeviation) {

	private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

	/**
	 * With nothing believed beforehand.
	 * @param effect what was seen
	 * @return the posterior
	 */
	public static EffectPosteriorOracle flatPrior(Effect effect) {
		return new EffectPosteriorOracle(effect.estimate(), effect.standardError());
	}

	/**
	 * With a belief about effects of this kind, which keeps a first lucky day in check.
	 * @param effect what was seen
	 * @param priorMean expected beforehand, in the unit of the effect
	 * @param priorVariance of that
	 * @return the posterior
	 */
	public static EffectPosteriorOracle informed(Effect effect, double priorMean, double priorVariance) {
		double precision = 1 / effect.variance() + 1 / priorVariance;
		double mean = (effect.estimate() / effect.variance() + priorMean / priorVariance) / precision;
		return new EffectPosteriorOracle(mean, Math.sqrt(1 / precision));
	}

	/**
	 * The chance that the treatment is better.
	 * @return between 0 and 1
	 */
	public double chanceToWin() {
		return NORMAL.cumulativeProbability(this.mean / this.standardDeviation);
	}

	/**
	 * What keeping the control costs on average: E[effect+].
	 * @return in the unit of the effect
	 */
	public double lossOfControl() {
		return positivePart(this.mean);
	}

	/**
	 * What choosing the treatment costs on average: E[(-effect)+].
	 * @return in the unit of the effect
	 */
	public double lossOfTreatment() {
		return positivePart(-this.mean);
	}

	/**
	 * Where the effect is, with the same chance of being below and above.
	 * @param alpha chance of being outside
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
