package io.waypost.feature.state;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/**
 * A sum whose parts lose half their weight every {@link #HALF_LIFE_DAYS} days. The result
 * does not depend on the order of addition.
 *
 * <p>
 * Decayed sums are usually kept as one floating-point number, which depends on the order
 * of addition. Here each part is an integer: its weight at the fixed epoch is
 * {@code 2^(day / 30)}, split into a period (the whole half-lives) and a mantissa of ten
 * bits, and mantissas are added as integers per period. Parts more than {@link #PERIODS}
 * periods older than the newest (weight below 1/4096) are dropped, which cannot depend on
 * the order either because the newest period only grows.
 */
final class DecayedSum {

	static final int HALF_LIFE_DAYS = 30;

	static final int PERIODS = 13;

	private static final int MANTISSA_BITS = 10;

	private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

	private static final long[] MANTISSA = mantissas();

	private static final int NONE = Integer.MIN_VALUE;

	private int newest = NONE;

	/** Sum of mantissas by age in periods: the first is of the newest period. */
	private final long[] sums = new long[PERIODS];

	/**
	 * Adds a part.
	 * @param at milliseconds since 1970
	 * @param weight its weight at that moment, positive
	 */
	void add(long at, int weight) {
		long day = Math.floorDiv(at, DAY_MILLIS);
		add((int) Math.floorDiv(day, HALF_LIFE_DAYS), weight * MANTISSA[Math.floorMod(day, HALF_LIFE_DAYS)]);
	}

	void merge(DecayedSum other) {
		for (int age = 0; age < PERIODS; age++) {
			if (other.sums[age] > 0) {
				add(other.newest - age, other.sums[age]);
			}
		}
	}

	/**
	 * Computes the decayed sum at a moment.
	 * @param moment not before the newest part, otherwise that part counts more than its
	 * weight
	 * @return the decayed sum
	 */
	double at(Instant moment) {
		if (this.newest == NONE) {
			return 0;
		}
		double sum = 0;
		for (int age = PERIODS - 1; age >= 0; age--) {
			sum += Math.scalb((double) this.sums[age], -age - MANTISSA_BITS);
		}
		double periods = moment.toEpochMilli() / (double) (HALF_LIFE_DAYS * DAY_MILLIS);
		// StrictMath gives identical results on all platforms
		return sum * StrictMath.pow(2, this.newest - periods);
	}

	void write(StateWriter out) {
		int length = PERIODS;
		while (length > 0 && this.sums[length - 1] == 0) {
			length--;
		}
		out.number(length);
		if (length > 0) {
			out.number(this.newest);
		}
		for (int age = 0; age < length; age++) {
			out.number(this.sums[age]);
		}
	}

	static DecayedSum read(StateReader in) {
		DecayedSum sum = new DecayedSum();
		int length = in.count(PERIODS);
		if (length > 0) {
			sum.newest = (int) in.number();
		}
		for (int age = 0; age < length; age++) {
			sum.sums[age] = in.number();
		}
		return sum;
	}

	private void add(int period, long mantissa) {
		if (this.newest == NONE) {
			this.newest = period;
		}
		if (period > this.newest) {
			age(period - this.newest);
			this.newest = period;
		}
		int age = this.newest - period;
		if (age < PERIODS) {
			this.sums[age] += mantissa;
		}
	}

	private void age(int periods) {
		int kept = Math.max(0, PERIODS - periods);
		System.arraycopy(this.sums, 0, this.sums, PERIODS - kept, kept);
		Arrays.fill(this.sums, 0, PERIODS - kept, 0);
	}

	private static long[] mantissas() {
		long[] mantissas = new long[HALF_LIFE_DAYS];
		for (int day = 0; day < HALF_LIFE_DAYS; day++) {
			mantissas[day] = Math.round(StrictMath.pow(2, MANTISSA_BITS + day / (double) HALF_LIFE_DAYS));
		}
		return mantissas;
	}

}
