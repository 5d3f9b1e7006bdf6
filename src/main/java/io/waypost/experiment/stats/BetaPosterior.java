package io.waypost.experiment.stats;

import java.util.List;
import java.util.function.DoubleUnaryOperator;

import org.apache.commons.statistics.distribution.BetaDistribution;

/**
 * Posterior distribution of a conversion rate (Beta-binomial; Gelman et al., "Bayesian
 * Data Analysis", ch. 2).
 *
 * @param alpha conversions plus the prior's alpha
 * @param beta non-conversions plus the prior's beta
 */
public record BetaPosterior(double alpha, double beta) {

	/** Tails beyond this probability do not change the 13th digit. */
	private static final double TAIL = 1e-18;

	/**
	 * Computes the posterior with a uniform prior.
	 * @param conversions number of conversions
	 * @param units number of people
	 * @return the posterior
	 */
	public static BetaPosterior uniformPrior(double conversions, double units) {
		return new BetaPosterior(1 + conversions, 1 + units - conversions);
	}

	/**
	 * Returns the mean of the posterior.
	 * @return between 0 and 1
	 */
	public double mean() {
		return this.alpha / (this.alpha + this.beta);
	}

	/**
	 * Computes the probability of each rate to be the highest: ∫ f(x) Π G(x) dx over the
	 * others.
	 * @param posteriors of all arms
	 * @return probabilities in the same order; their sum is 1
	 */
	public static double[] chancesToBeBest(List<BetaPosterior> posteriors) {
		BetaDistribution[] rates = posteriors.stream()
			.map(BetaPosterior::distribution)
			.toArray(BetaDistribution[]::new);
		double[] chances = new double[rates.length];
		for (int arm = 0; arm < rates.length; arm++) {
			int mine = arm;
			// The quadrature can exceed 1 by a rounding error
			chances[arm] = Math.min(1, posteriors.get(arm).integrate((x) -> densityOfBest(rates, mine, x)));
		}
		return chances;
	}

	private static double densityOfBest(BetaDistribution[] rates, int mine, double x) {
		double density = rates[mine].density(x);
		for (int other = 0; other < rates.length; other++) {
			if (other != mine) {
				density *= rates[other].cumulativeProbability(x);
			}
		}
		return density;
	}

	/** Integrates over the range in which the rate has probability. */
	private double integrate(DoubleUnaryOperator function) {
		BetaDistribution mine = distribution();
		return Quadrature.integrate(function, low(mine), high(mine));
	}

	private static double low(BetaDistribution rate) {
		return rate.inverseCumulativeProbability(TAIL);
	}

	private static double high(BetaDistribution rate) {
		return rate.inverseSurvivalProbability(TAIL);
	}

	BetaDistribution distribution() {
		return BetaDistribution.of(this.alpha, this.beta);
	}

}
