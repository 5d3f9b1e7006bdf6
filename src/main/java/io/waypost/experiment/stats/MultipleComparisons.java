package io.waypost.experiment.stats;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Adjusts p-values for multiple comparisons. */
public final class MultipleComparisons {

	private MultipleComparisons() {
	}

	/**
	 * Adjusts by Holm 1979: the probability of any false discovery stays below alpha.
	 * This also holds for always-valid p-values, because each is valid at the time of the
	 * analysis.
	 * @param pValues in any order
	 * @return adjusted p-values in the same order
	 */
	public static double[] holm(double... pValues) {
		int[] order = ascending(pValues);
		double[] adjusted = new double[pValues.length];
		double largest = 0;
		for (int rank = 0; rank < order.length; rank++) {
			largest = Math.max(largest, Math.min(1, (pValues.length - rank) * pValues[order[rank]]));
			adjusted[order[rank]] = largest;
		}
		return adjusted;
	}

	/** Indexes of the p-values in ascending order. */
	static int[] ascending(double[] pValues) {
		return IntStream.range(0, pValues.length)
			.boxed()
			.sorted(Comparator.comparingDouble((test) -> pValues[test]))
			.mapToInt(Integer::intValue)
			.toArray();
	}

}
