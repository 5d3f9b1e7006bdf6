package io.waypost.feature.state;

import java.time.Duration;
import java.util.Comparator;

import org.jspecify.annotations.Nullable;

/**
 * The latest known text, for example of a device class. Lateness counts in days: a day's
 * further visits then change nothing and cost no write. Among values of one day the last
 * by alphabet is kept, so that the order of arrival does not matter.
 */
public final class LatestValue {

	private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

	private static final Comparator<Known> ORDER = Comparator.comparingInt(Known::rank)
		.thenComparingLong(Known::day)
		.thenComparing(Known::value);

	private @Nullable Known known;

	/** What was learnt. */
	private record Known(int rank, long day, String value) {

	}

	/**
	 * Learns a value.
	 * @param value the text
	 * @param at milliseconds since 1970
	 * @param rank a value of higher rank is never displaced by one of lower
	 */
	void update(String value, long at, int rank) {
		update(new Known(rank, Math.floorDiv(at, DAY_MILLIS), value));
	}

	void merge(LatestValue other) {
		if (other.known != null) {
			update(other.known);
		}
	}

	@Nullable public String value() {
		return this.known != null ? this.known.value() : null;
	}

	/**
	 * Begin of the day of the newest event, in milliseconds since 1970; 0 without any.
	 */
	public long newest() {
		return this.known != null ? this.known.day() * DAY_MILLIS : 0;
	}

	void write(StateWriter out) {
		out.text(value());
		if (this.known != null) {
			out.number(this.known.rank());
			out.number(this.known.day());
		}
	}

	static LatestValue read(StateReader in) {
		LatestValue latest = new LatestValue();
		String value = in.text();
		if (value != null) {
			latest.known = new Known((int) in.number(), in.number(), value);
		}
		return latest;
	}

	private void update(Known candidate) {
		if (this.known == null || ORDER.compare(candidate, this.known) > 0) {
			this.known = candidate;
		}
	}

}
