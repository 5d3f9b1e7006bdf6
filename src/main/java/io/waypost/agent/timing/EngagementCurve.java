package io.waypost.agent.timing;

import java.util.Arrays;

/**
 * Distribution of engagement over the 24 local hours of a day. The shares sum to 1 and
 * are positive.
 */
final class EngagementCurve {

	/** Hours of a day. */
	public static final int HOURS = 24;

	/** The uniform distribution. */
	public static final EngagementCurve FLAT = new EngagementCurve(filled(1.0 / HOURS));

	private static final double[] KERNEL = { 1 / 64.0, 6 / 64.0, 15 / 64.0, 20 / 64.0, 15 / 64.0, 6 / 64.0, 1 / 64.0 };

	private final double[] shares;

	private EngagementCurve(double[] shares) {
		this.shares = shares;
	}

	/**
	 * Shrinks counts towards a prior curve. The share of an hour is
	 * {@code (count + strength * prior) / (total + strength)}.
	 * @param counts 24 counts by hour
	 * @param prior the prior curve
	 * @param strength weight of the prior in counts, above 0
	 * @return the curve
	 */
	public static EngagementCurve of(long[] counts, EngagementCurve prior, double strength) {
		double total = strength + Arrays.stream(counts).sum();
		double[] shares = new double[HOURS];
		for (int hour = 0; hour < HOURS; hour++) {
			shares[hour] = (counts[hour] + strength * prior.at(hour)) / total;
		}
		return new EngagementCurve(shares);
	}

	/** Returns the curve that is proportional to non-negative weights. */
	static EngagementCurve inProportion(double[] weights) {
		double sum = Arrays.stream(weights).sum();
		double[] shares = new double[HOURS];
		for (int hour = 0; hour < HOURS; hour++) {
			shares[hour] = weights[hour] / sum;
		}
		return new EngagementCurve(shares);
	}

	/**
	 * Returns the curve smoothed over seven hours with the binomial weights 1, 6, 15, 20,
	 * 15, 6, 1. This halves the noise of counts and hardly moves a peak.
	 * @return the curve
	 */
	public EngagementCurve smoothed() {
		double[] shares = new double[HOURS];
		for (int hour = 0; hour < HOURS; hour++) {
			for (int apart = -3; apart <= 3; apart++) {
				shares[hour] += this.shares[Math.floorMod(hour + apart, HOURS)] * KERNEL[apart + 3];
			}
		}
		return new EngagementCurve(shares);
	}

	/**
	 * Returns the share of an hour.
	 * @param hour 0 to 23
	 * @return above 0
	 */
	public double at(int hour) {
		return this.shares[hour];
	}

	private static double[] filled(double value) {
		double[] values = new double[HOURS];
		Arrays.fill(values, value);
		return values;
	}

}
