package io.waypost.agent.timing;

import java.util.Arrays;

/**
 * How a day's engagement spreads over its 24 hours, on the reader's own clock. The shares
 * sum to 1 and none is zero.
 */
public final class EngagementCurve {

	/** Hours of a day. */
	public static final int HOURS = 24;

	/** Nothing is known: every hour is as good as any. */
	public static final EngagementCurve FLAT = new EngagementCurve(filled(1.0 / HOURS));

	private static final double[] KERNEL = { 1 / 64.0, 6 / 64.0, 15 / 64.0, 20 / 64.0, 15 / 64.0, 6 / 64.0, 1 / 64.0 };

	private final double[] shares;

	private EngagementCurve(double[] shares) {
		this.shares = shares;
	}

	/**
	 * Counts, drawn towards a curve that is believed in beforehand:
	 * {@code (count + strength
	 * * share) / (total + strength)}.
	 * @param counts 24 counts by hour
	 * @param prior what is believed without them
	 * @param strength how many counts the belief is worth, above 0
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

	/** A curve in proportion to some weights, none of them negative. */
	static EngagementCurve inProportion(double[] weights) {
		double sum = Arrays.stream(weights).sum();
		double[] shares = new double[HOURS];
		for (int hour = 0; hour < HOURS; hour++) {
			shares[hour] = weights[hour] / sum;
		}
		return new EngagementCurve(shares);
	}

	/**
	 * The curve with each hour's share spread over the three before and after it, by the
	 * weights 1, 6, 15, 20, 15, 6, 1: halves the noise of counts and hardly moves a peak.
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
	 * The share of an hour.
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
