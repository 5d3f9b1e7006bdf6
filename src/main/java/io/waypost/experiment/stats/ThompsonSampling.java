package io.waypost.experiment.stats;

import java.util.List;
import java.util.random.RandomGenerator;

import org.apache.commons.rng.sampling.distribution.ChengBetaSampler;
import org.apache.commons.rng.sampling.distribution.ContinuousSampler;

/**
 * Computes shares of the next sends by top-two Thompson sampling (Russo 2016, "Simple
 * Bayesian Algorithms for Best Arm Identification"): each round draws one rate per arm
 * and is won by the highest or, equally often, by the second highest, so that the
 * runner-up gets data too. With two arms that would always be half and half; there the
 * highest wins every round (Thompson 1933). Every arm keeps a minimum share.
 */
public final class ThompsonSampling {

	private static final int ROUNDS = 10_000;

	private ThompsonSampling() {
	}

	/**
	 * Draws the next shares.
	 * @param posteriors of all arms
	 * @param floor minimum share f of an arm, from 0 to 1 / arms
	 * @param random source of randomness
	 * @return shares in the same order: f + (1 - K f) w; their sum is 1
	 */
	public static double[] shares(List<BetaPosterior> posteriors, double floor, RandomGenerator random) {
		return shares(posteriors, floor, ROUNDS, random);
	}

	/**
	 * Draws the next shares with a given number of rounds. The error of the shares is
	 * about 0.5 / √rounds.
	 * @param posteriors of all arms
	 * @param floor minimum share of an arm, from 0 to 1 / arms
	 * @param rounds number of draws per arm
	 * @param random source of randomness
	 * @return shares in the same order; their sum is 1
	 */
	public static double[] shares(List<BetaPosterior> posteriors, double floor, int rounds, RandomGenerator random) {
		int arms = posteriors.size();
		if (floor < 0 || floor * arms > 1) {
			throw new IllegalArgumentException(
					"A minimum share of %s is too high for %d arms; use at most 1 / %d".formatted(floor, arms, arms));
		}
		double[] shares = wins(posteriors, rounds, random);
		for (int arm = 0; arm < arms; arm++) {
			shares[arm] = floor + (1 - arms * floor) * shares[arm];
		}
		return shares;
	}

	private static double[] wins(List<BetaPosterior> posteriors, int rounds, RandomGenerator random) {
		ContinuousSampler[] rates = posteriors.stream()
			.map((posterior) -> ChengBetaSampler.of(random::nextLong, posterior.alpha(), posterior.beta()))
			.toArray(ContinuousSampler[]::new);
		double[] wins = new double[rates.length];
		boolean runnerUp = rates.length > 2;
		for (int round = 0; round < rounds; round++) {
			int best = -1;
			int second = -1;
			double highest = -1;
			double next = -1;
			for (int arm = 0; arm < rates.length; arm++) {
				double rate = rates[arm].sample();
				if (rate > highest) {
					second = best;
					next = highest;
					best = arm;
					highest = rate;
				}
				else if (rate > next) {
					second = arm;
					next = rate;
				}
			}
			wins[best] += runnerUp ? 0.5 / rounds : 1.0 / rounds;
			if (runnerUp) {
				wins[second] += 0.5 / rounds;
			}
		}
		return wins;
	}

}
