package io.waypost.experiment.stats;

import java.util.List;
import java.util.random.RandomGenerator;

import org.apache.commons.rng.sampling.distribution.ChengBetaSampler;
import org.apache.commons.rng.sampling.distribution.ContinuousSampler;

/**
 * Shares of the next sends by top-two Thompson sampling (Russo 2016, "Simple Bayesian
 * Algorithms for Best Arm Identification"): a round draws one rate of each arm and gives
 * its turn to the highest or, as often, to the second highest, so that the runner-up gets
 * data too. Of two arms that would always be half and half: there the highest gets every
 * turn (Thompson 1933). Every arm keeps a floor.
 */
public final class ThompsonSampling {

	private static final int ROUNDS = 10_000;

	private ThompsonSampling() {
	}

	/**
	 * Draws the next shares.
	 * @param posteriors of all arms
	 * @param floor least share of an arm, from 0 to 1 / arms
	 * @param random where chance comes from
	 * @return shares in the same order, of sum 1: f + (1 - K f) w
	 */
	public static double[] shares(List<BetaPosterior> posteriors, double floor, RandomGenerator random) {
		return shares(posteriors, floor, ROUNDS, random);
	}

	/**
	 * Draws the next shares with fewer or more rounds: their error is about 0.5 /
	 * √rounds.
	 * @param posteriors of all arms
	 * @param floor least share of an arm, from 0 to 1 / arms
	 * @param rounds how many draws of every arm
	 * @param random where chance comes from
	 * @return shares in the same order, of sum 1
	 */
	public static double[] shares(List<BetaPosterior> posteriors, double floor, int rounds, RandomGenerator random) {
		int arms = posteriors.size();
		if (floor < 0 || floor * arms > 1) {
			throw new IllegalArgumentException("A floor of %s leaves nothing for %d arms".formatted(floor, arms));
		}
		double[] shares = turns(posteriors, rounds, random);
		for (int arm = 0; arm < arms; arm++) {
			shares[arm] = floor + (1 - arms * floor) * shares[arm];
		}
		return shares;
	}

	private static double[] turns(List<BetaPosterior> posteriors, int rounds, RandomGenerator random) {
		ContinuousSampler[] rates = posteriors.stream()
			.map((posterior) -> ChengBetaSampler.of(random::nextLong, posterior.alpha(), posterior.beta()))
			.toArray(ContinuousSampler[]::new);
		double[] turns = new double[rates.length];
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
			turns[best] += runnerUp ? 0.5 / rounds : 1.0 / rounds;
			if (runnerUp) {
				turns[second] += 0.5 / rounds;
			}
		}
		return turns;
	}

}
