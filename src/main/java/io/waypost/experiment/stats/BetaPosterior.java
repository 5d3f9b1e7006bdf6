package io.waypost.experiment.stats;

import java.util.List;
import java.util.function.DoubleUnaryOperator;

import org.apache.commons.statistics.distribution.BetaDistribution;

/**
 * What is believed of a conversion rate after counting (Beta-binomial; Gelman et al.,
 * "Bayesian Data Analysis", ch. 2).
 *
 * @param alpha conversions and what the prior adds to them
 * @param beta others and what the prior adds to them
 */
public record BetaPosterior(double alpha, double beta) {

	/** Beyond these tails nothing changes the 13th digit. */
	private static final double TAIL = 1e-18;

	/**
	 * With the uniform prior: every rate equally likely beforehand.
	 * @param conversions how many converted
	 * @param units of how many
	 * @return the posterior
	 */
	public static BetaPosterior uniformPrior(double conversions, double units) {
		return new BetaPosterior(1 + conversions, 1 + units - conversions);
	}

	/**
	 * With a prior worth some people, for example a model's prediction.
	 * @param conversions how many converted
	 * @param units of how many
	 * @param rate expected beforehand, between 0 and 1
	 * @param strength worth how many people
	 * @return the posterior
	 */
	public static BetaPosterior informed(double conversions, double units, double rate, double strength) {
		return new BetaPosterior(rate * strength + conversions, (1 - rate) * strength + units - conversions);
	}

	/**
	 * The expected rate.
	 * @return between 0 and 1
	 */
	public double mean() {
		return this.alpha / (this.alpha + this.beta);
	}

	/**
	 * Where the rate is, with the same chance of being below and above.
	 * @param alphaLevel chance of being outside
	 * @return the equal-tailed credible interval
	 */
	public Interval interval(double alphaLevel) {
		BetaDistribution rate = distribution();
		return new Interval(rate.inverseCumulativeProbability(alphaLevel / 2),
				rate.inverseSurvivalProbability(alphaLevel / 2));
	}

	/**
	 * The chance that this rate is the higher one: ∫ f(x) G(x) dx.
	 * @param other the other rate
	 * @return between 0 and 1
	 */
	public double chanceToBeat(BetaPosterior other) {
		BetaDistribution mine = distribution();
		BetaDistribution theirs = other.distribution();
		return integrate((x) -> mine.density(x) * theirs.cumulativeProbability(x));
	}

	/**
	 * What choosing this one costs on average if the other was better: E[(other - this)+]
	 * = ∫ F(x) (1 - G(x)) dx.
	 * @param other the other rate
	 * @return a rate
	 */
	public double expectedLoss(BetaPosterior other) {
		BetaDistribution mine = distribution();
		BetaDistribution theirs = other.distribution();
		double from = Math.min(low(mine), low(theirs));
		double to = Math.max(high(mine), high(theirs));
		return Quadrature.integrate((x) -> mine.cumulativeProbability(x) * theirs.survivalProbability(x), from, to);
	}

	/**
	 * The chance of each rate to be the highest: ∫ f(x) Π G(x) dx over the others.
	 * @param posteriors of all arms
	 * @return chances in the same order, of sum 1
	 */
	public static double[] chancesToBeBest(List<BetaPosterior> posteriors) {
		BetaDistribution[] rates = posteriors.stream()
			.map(BetaPosterior::distribution)
			.toArray(BetaDistribution[]::new);
		double[] chances = new double[rates.length];
		for (int arm = 0; arm < rates.length; arm++) {
			int mine = arm;
			// The quadrature may end a rounding error above certainty
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

	/** Where this rate can be at all. */
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
