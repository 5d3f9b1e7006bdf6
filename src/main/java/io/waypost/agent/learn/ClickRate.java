package io.waypost.agent.learn;

import java.util.SplittableRandom;

import org.apache.commons.rng.sampling.distribution.ChengBetaSampler;
import org.apache.commons.statistics.distribution.BetaDistribution;

/**
 * Posterior distribution of a click rate: Beta(successes, failures), both with the share
 * of the prior.
 *
 * @param successes above 0
 * @param failures above 0
 */
record ClickRate(double successes, double failures) {

	/**
	 * Draws have an eighth of the posterior's variance: less exploration, and so less
	 * regret over the numbers of messages that a shop sends, because outcomes are known
	 * days later anyway (Chapelle and Li 2011, "An Empirical Evaluation of Thompson
	 * Sampling", section 3, posterior reshaping).
	 */
	private static final double SHARPNESS = 8;

	private static final double TAIL = 0.025;

	static ClickRate of(FragmentCounts counts, double priorRate, double priorMessages) {
		return new ClickRate(priorRate * priorMessages + counts.successes(),
				(1 - priorRate) * priorMessages + counts.messages() - counts.successes());
	}

	double mean() {
		return this.successes / (this.successes + this.failures);
	}

	/** Returns the lower end of the 95 % credible interval. */
	double low() {
		return BetaDistribution.of(this.successes, this.failures).inverseCumulativeProbability(TAIL);
	}

	/** Returns the upper end of the 95 % credible interval. */
	double high() {
		return BetaDistribution.of(this.successes, this.failures).inverseSurvivalProbability(TAIL);
	}

	double draw(long seed) {
		SplittableRandom random = new SplittableRandom(seed);
		return ChengBetaSampler.of(random::nextLong, SHARPNESS * this.successes, SHARPNESS * this.failures).sample();
	}

}
