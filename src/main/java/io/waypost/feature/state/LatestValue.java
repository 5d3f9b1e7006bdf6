package io.waypost.feature.state;

import java.time.Duration;
import java.util.Comparator;

import org.jspecify.annotations.Nullable;

/**
 * The latest known text, for example a device class. Times are compared by day, so
 * further visits on a day change nothing and cause no write. Of several values of one day
 * the last in alphabetical order is kept, so the order of arrival does not matter.
 */
public final class LatestValue {

	private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

	private static final Comparator<Known> ORDER = Comparator.comparingInt(Known::rank)
		.thenComparingLong(Known::day)
		.thenComparing(Known::value);

	private @Nullable Known known;

	/** The value with its day and rank. */
	private record Known(int rank, long day, String value) {

	}

	/**
	 * Updates the value.
	 * @param value the text
	 * @param at milliseconds since 1970
	 * @param rank a value of higher rank is never replaced by one of lower rank
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
	 * Start of the day of the newest event, in milliseconds since 1970; 0 if there is
	 * none.
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
