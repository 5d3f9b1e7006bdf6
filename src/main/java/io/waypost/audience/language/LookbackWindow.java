package io.waypost.audience.language;

import java.time.Duration;
import java.util.Locale;

/**
 * Lookback window of an activity, to the microsecond: after the start of the window and
 * not after the time of the evaluation.
 *
 * @param amount number of units, from 1
 * @param unit the unit
 */
public record LookbackWindow(int amount, WindowUnit unit) {

	/** A unit of fixed length. */
	public enum WindowUnit {

		/** 60 minutes. */
		HOURS(Duration.ofHours(1)),

		/** 24 hours, regardless of daylight saving time. */
		DAYS(Duration.ofDays(1)),

		/** 7 days. */
		WEEKS(Duration.ofDays(7));

		private final Duration length;

		WindowUnit(Duration length) {
			this.length = length;
		}

	}

	/**
	 * Returns the length of the window.
	 * @return at least one hour
	 */
	public Duration length() {
		return this.unit.length.multipliedBy(this.amount);
	}

	@Override
	public String toString() {
		String plural = this.unit.name().toLowerCase(Locale.ROOT);
		return this.amount + " " + ((this.amount == 1) ? plural.substring(0, plural.length() - 1) : plural);
	}

}
