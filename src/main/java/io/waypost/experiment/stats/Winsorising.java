package io.waypost.experiment.stats;

import java.util.Arrays;

/**
 * A few huge orders must not decide an experiment: amounts above a high quantile count as
 * that quantile (Dixon 1960, after C. P. Winsor).
 */
public final class Winsorising {

	private Winsorising() {
	}

	/**
	 * The amount above which nothing counts more: the quantile of the amounts that are
	 * not 0, interpolated as PostgreSQL's {@code percentile_cont} does (Hyndman and Fan
	 * 1996, type 7). Zeros are left out: with one buyer in fifty the quantile of all
	 * would be 0.
	 * @param amounts of everybody, in any order
	 * @param quantile for example 0.995
	 * @return the cap, infinite when nobody has an amount
	 */
	public static double cap(double[] amounts, double quantile) {
		double[] sorted = Arrays.stream(amounts).filter((amount) -> amount != 0).sorted().toArray();
		if (sorted.length == 0) {
			return Double.POSITIVE_INFINITY;
		}
		double place = quantile * (sorted.length - 1);
		int below = (int) Math.floor(place);
		int above = Math.min(below + 1, sorted.length - 1);
		return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
	}

	/**
	 * The sample of capped amounts.
	 * @param amounts of everybody
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
