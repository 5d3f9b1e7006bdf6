package io.waypost.experiment.stats;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * P-values adjusted for how many of them there are, so that each can be compared with the
 * same alpha as a single one.
 */
public final class MultipleComparisons {

	private MultipleComparisons() {
	}

	/**
	 * Holm 1979: keeps the chance of any false discovery below alpha. Also for
	 * always-valid p-values: each of them is valid at whatever time all are looked at.
	 * @param pValues in any order
	 * @return adjusted, in the same order
	 */
	public static double[] holm(double... pValues) {
		int[] order = ascending(pValues);
		double[] adjusted = new double[pValues.length];
		double sofar = 0;
		for (int rank = 0; rank < order.length; rank++) {
			sofar = Math.max(sofar, Math.min(1, (pValues.length - rank) * pValues[order[rank]]));
			adjusted[order[rank]] = sofar;
		}
		return adjusted;
	}

	/**
	 * Benjamini and Hochberg 1995: keeps the expected share of false discoveries below
	 * alpha.
	 * @param pValues in any order
	 * @return adjusted, in the same order
	 */
	public static double[] benjaminiHochberg(double... pValues) {
		int[] order = ascending(pValues);
		double[] adjusted = new double[pValues.length];
		double sofar = 1;
		for (int rank = order.length - 1; rank >= 0; rank--) {
			sofar = Math.min(sofar, pValues[order[rank]] * pValues.length / (rank + 1));
			adjusted[order[rank]] = sofar;
		}
		return adjusted;
	}

	/**
	 * Bonferroni: each times their number.
	 * @param pValues in any order
	 * @return adjusted, in the same order
	 */
	public static double[] bonferroni(double... pValues) {
		return IntStream.range(0, pValues.length)
			.mapToDouble((test) -> Math.min(1, pValues[test] * pValues.length))
			.toArray();
	}

	private static int[] ascending(double[] pValues) {
		return IntStream.range(0, pValues.length)
			.boxed()
			.sorted(Comparator.comparingDouble((test) -> pValues[test]))
			.mapToInt(Integer::intValue)
			.toArray();
	}

}
