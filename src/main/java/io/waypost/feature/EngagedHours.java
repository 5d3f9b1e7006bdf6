package io.waypost.feature;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * Opens and clicks of a person by hour of the day, in UTC, without machine events.
 */
public final class EngagedHours {

	/** Hours of a day. */
	public static final int HOURS = 24;

	/** No opens and clicks. */
	public static final EngagedHours NONE = new EngagedHours(new long[HOURS]);

	private final long[] counts;

	public EngagedHours(long[] counts) {
		this.counts = counts;
	}

	/**
	 * Converts the counts to local time.
	 * @param offset offset from UTC in hours, can be negative
	 * @return 24 counts by local hour
	 */
	public long[] local(int offset) {
		long[] local = new long[HOURS];
		for (int hour = 0; hour < HOURS; hour++) {
			local[Math.floorMod(hour + offset, HOURS)] = this.counts[hour];
		}
		return local;
	}

	/**
	 * Returns the total.
	 * @return number of opens and clicks
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

	/** Counts of the hours with at least one open or click. */
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
