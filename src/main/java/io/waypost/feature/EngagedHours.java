package io.waypost.feature;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * At which hours of the day a person opened messages and followed links, in UTC; what
 * machines did is left out. Counts are whole numbers, hence exact in any order.
 */
public final class EngagedHours {

	/** Hours of a day. */
	public static final int HOURS = 24;

	/** Of somebody nothing is known of. */
	public static final EngagedHours NONE = new EngagedHours(new long[HOURS]);

	private final long[] counts;

	public EngagedHours(long[] counts) {
		this.counts = counts;
	}

	/**
	 * How often the person did something within an hour of the day.
	 * @param hour 0 to 23, in UTC
	 * @return a count
	 */
	public long at(int hour) {
		return this.counts[hour];
	}

	/**
	 * The counts as a clock elsewhere shows them.
	 * @param offset hours to add to UTC, may be negative
	 * @return 24 counts by the hour of that clock
	 */
	public long[] local(int offset) {
		long[] local = new long[HOURS];
		for (int hour = 0; hour < HOURS; hour++) {
			local[Math.floorMod(hour + offset, HOURS)] = this.counts[hour];
		}
		return local;
	}

	/**
	 * All of them.
	 * @return a count
	 */
	public long total() {
		return Arrays.stream(this.counts).sum();
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof EngagedHours hours && Arrays.equals(this.counts, hours.counts);
	}

	@Override
	public int hashCode() {
		return Arrays.hashCode(this.counts);
	}

	@Override
	public String toString() {
		return toMap().toString();
	}

	/** The hours in which there was anything. */
	public Map<String, Long> toMap() {
		Map<String, Long> map = new TreeMap<>();
		for (int hour = 0; hour < HOURS; hour++) {
			if (this.counts[hour] > 0) {
				map.put((hour < 10) ? "0" + hour : Integer.toString(hour), this.counts[hour]);
			}
		}
		return map;
	}

}
