package io.waypost.experiment.stats;

import java.util.stream.IntStream;

import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/**
 * Sample ratio mismatch: whether as many people came into each arm as were meant to
 * (Fabijan et al. 2019, "Diagnosing Sample Ratio Mismatch in Online Controlled
 * Experiments"). If not, something chooses who is counted, and no other number of the
 * experiment can be trusted.
 *
 * <p>
 * Who looks once may ask {@link #pValue Pearson's chi-square}. Who looks a hundred times
 * would by it stop a fair split sooner or later; {@link #alwaysValid} holds at all looks
 * at once, as the confidence sequences do.
 */
public final class SampleRatio {

	/**
	 * Below this p-value an experiment is blocked: one fair split in a thousand, however
	 * often one looks.
	 */
	public static final double BLOCK_BELOW = 0.001;

	/**
	 * How many people's worth the mixture believes in the split that was meant, for each
	 * arm: the sequence is sharpest from about as many people on.
	 */
	private static final double BELIEF = 100;

	private SampleRatio() {
	}

	/**
	 * The chance that a fair split ever looks this uneven: one over the Bayes factor of a
	 * Dirichlet mixture around the meant shares, which is a martingale while people are
	 * assigned as meant, so Ville's inequality holds at every look (Lindon and Malek
	 * 2022, "Anytime-Valid Inference for Multinomial Count Data", eq. 4).
	 * @param people in each arm so far
	 * @param weights meant, in the same order, of any sum; those of weight 0 are left out
	 * @return always-valid p-value, 1 while there is nobody
	 */
	public static double alwaysValid(long[] people, double[] weights) {
		int[] meant = meant(weights);
		double all = IntStream.of(meant).mapToLong((arm) -> people[arm]).sum();
		if (meant.length < 2 || all == 0) {
			return 1;
		}
		double weight = IntStream.of(meant).mapToDouble((arm) -> weights[arm]).sum();
		double belief = BELIEF * meant.length;
		double logFactor = logGamma(belief) - logGamma(belief + all);
		for (int arm : meant) {
			double share = weights[arm] / weight;
			double prior = belief * share;
			logFactor += logGamma(prior + people[arm]) - logGamma(prior) - people[arm] * Math.log(share);
		}
		return Math.min(1, Math.exp(-logFactor));
	}

	/**
	 * The chance of a split at least this uneven if people had been assigned as meant,
	 * for one look: Pearson's chi-square.
	 * @param people in each arm
	 * @param weights meant, in the same order, of any sum; those of weight 0 are left out
	 * @return p-value, 1 while there is nobody
	 */
	public static double pValue(long[] people, double[] weights) {
		int[] meant = meant(weights);
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

	private static int[] meant(double[] weights) {
		return IntStream.range(0, weights.length).filter((arm) -> weights[arm] > 0).toArray();
	}

	/** Stirling's series from 10 on, brought there by Γ(z + 1) = z Γ(z). */
	private static double logGamma(double argument) {
		double z = argument;
		double product = 1;
		while (z < 10) {
			product *= z;
			z++;
		}
		double square = z * z;
		return (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI)
				+ (1 / 12.0 - (1 / 360.0 - 1 / (1260 * square)) / square) / z - Math.log(product);
	}

}
