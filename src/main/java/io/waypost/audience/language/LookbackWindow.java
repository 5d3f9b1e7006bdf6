package io.waypost.audience.language;

import java.time.Duration;
import java.util.Locale;

/**
 * How far back to look, to the microsecond: later than so long before the moment of the
 * question, and not after that moment.
 *
 * @param amount from 1
 * @param unit of what
 */
public record LookbackWindow(int amount, WindowUnit unit) {

	/** A unit of fixed length. */
	public enum WindowUnit {

		/** 60 minutes. */
		HOURS(Duration.ofHours(1)),

		/** 24 hours, whatever the clocks do. */
		DAYS(Duration.ofDays(1)),

		/** 7 days. */
		WEEKS(Duration.ofDays(7));

		private final Duration length;

		WindowUnit(Duration length) {
			this.length = length;
		}

	}

	/**
	 * How long it is.
	 * @return at least an hour
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
