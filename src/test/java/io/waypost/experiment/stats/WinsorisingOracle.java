package io.waypost.experiment.stats;

import java.util.Arrays;

/**
 * Winsorising: amounts above a high quantile count as that quantile (Dixon 1960, after C.
 * P. Winsor). In production the database does this.
 */
public final class WinsorisingOracle {

	private WinsorisingOracle() {
	}

	/**
	 * Computes the cap: the quantile of the amounts other than 0, interpolated like
	 * PostgreSQL's {@code percentile_cont} (Hyndman and Fan 1996, type 7). Zeros are
	 * excluded: with one buyer in fifty the quantile of all would be 0.
	 * @param amounts of all people, in any order
	 * @param quantile for example 0.995
	 * @return the cap, infinite without amounts
	 */
	public static double cap(double[] amounts, double quantile) {
		double[] sorted = Arrays.stream(amounts).filter((amount) -> amount != 0).sorted().toArray();
		if (sorted.length == 0) {
			return Double.POSITIVE_INFINITY;
		}
		double position = quantile * (sorted.length - 1);
		int below = (int) Math.floor(position);
		int above = Math.min(below + 1, sorted.length - 1);
		return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
	}

	/**
	 * Computes the sample of capped amounts.
	 * @param amounts of all people
	 * @param cap from {@link #cap}, over all arms together
	 * @return their sums
	 */
	public static Sample sample(double[] amounts, double cap) {
		double sum = 0;
		double squares = 0;
		for (double amount : amounts) {
			double counted = Math.min(amount, cap);
			sum += counted;
			squares += counted * counted;
		}
		return Sample.amounts(amounts.length, sum, squares);
	}

}
