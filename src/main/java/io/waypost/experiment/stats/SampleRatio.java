package io.waypost.experiment.stats;

import java.util.stream.IntStream;

import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/**
 * Sample ratio mismatch: whether as many people came into each arm as were meant to
 * (Pearson's chi-square; Fabijan et al. 2019, "Diagnosing Sample Ratio Mismatch in Online
 * Controlled Experiments"). If not, something chooses who is counted, and no other number
 * of the experiment can be trusted.
 */
public final class SampleRatio {

	/** Below this p-value an experiment is blocked: one fair split in a thousand. */
	public static final double BLOCK_BELOW = 0.001;

	private SampleRatio() {
	}

	/**
	 * The chance of a split at least this uneven if people had been assigned as meant.
	 * @param people in each arm
	 * @param weights meant, in the same order, of any sum; those of weight 0 are left out
	 * @return p-value, 1 while there is nobody
	 */
	public static double pValue(long[] people, double[] weights) {
		int[] meant = IntStream.range(0, people.length).filter((arm) -> weights[arm] > 0).toArray();
		long all = IntStream.of(meant).mapToLong((arm) -> people[arm]).sum();
		if (meant.length < 2 || all == 0) {
			return 1;
		}
		double weight = IntStream.of(meant).mapToDouble((arm) -> weights[arm]).sum();
		double statistic = IntStream.of(meant).mapToDouble((arm) -> {
			double expected = all * weights[arm] / weight;
			return (people[arm] - expected) * (people[arm] - expected) / expected;
		}).sum();
		return ChiSquaredDistribution.of(meant.length - 1.0).survivalProbability(statistic);
	}

}
