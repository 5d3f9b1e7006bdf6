package io.waypost.experiment.stats;

import java.util.stream.IntStream;

/**
 * Test for sample ratio mismatch: whether each arm got its planned share of people
 * (Fabijan et al. 2019, "Diagnosing Sample Ratio Mismatch in Online Controlled
 * Experiments"). If not, some step selects who is counted, and no other number of the
 * experiment can be trusted.
 *
 * <p>
 * Pearson's chi-square is valid for a single analysis only; with a hundred analyses it
 * would block fair splits. This test is valid at all analyses, like the confidence
 * sequences.
 */
public final class SampleRatio {

	/**
	 * An experiment with a lower p-value is blocked. One fair split in a thousand is
	 * blocked at any of its analyses.
	 */
	public static final double BLOCK_BELOW = 0.001;

	/**
	 * Weight of the prior per arm, in people: the test is most sensitive from about that
	 * number on.
	 */
	private static final double PRIOR_PEOPLE = 100;

	private SampleRatio() {
	}

	/**
	 * Computes the always-valid p-value of the split: one over the Bayes factor of a
	 * Dirichlet mixture around the planned shares. The Bayes factor is a martingale under
	 * the planned assignment, so Ville's inequality holds at every analysis (Lindon and
	 * Malek 2022, "Anytime-Valid Inference for Multinomial Count Data", eq. 4).
	 * @param people number of people in each arm
	 * @param weights planned weights, in the same order, with any sum; arms of weight 0
	 * are ignored
	 * @return always-valid p-value, 1 without people
	 */
	public static double alwaysValid(long[] people, double[] weights) {
		int[] planned = weighted(weights);
		double total = IntStream.of(planned).mapToLong((arm) -> people[arm]).sum();
		if (planned.length < 2 || total == 0) {
			return 1;
		}
		double weight = IntStream.of(planned).mapToDouble((arm) -> weights[arm]).sum();
		double priorTotal = PRIOR_PEOPLE * planned.length;
		double logFactor = logGamma(priorTotal) - logGamma(priorTotal + total);
		for (int arm : planned) {
			double share = weights[arm] / weight;
			double prior = priorTotal * share;
			logFactor += logGamma(prior + people[arm]) - logGamma(prior) - people[arm] * Math.log(share);
		}
		return Math.min(1, Math.exp(-logFactor));
	}

	/** Indexes of the arms with a positive weight. */
	static int[] weighted(double[] weights) {
		return IntStream.range(0, weights.length).filter((arm) -> weights[arm] > 0).toArray();
	}

	/** Stirling's series from 10 on; smaller arguments by Γ(z + 1) = z Γ(z). */
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
