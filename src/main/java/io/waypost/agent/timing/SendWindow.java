package io.waypost.agent.timing;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/** Calculates send windows in the recipient's local time. */
public final class SendWindow {

	private SendWindow() {
	}

	static int localHour(Instant now, ZoneId zone) {
		return now.atZone(zone).getHour();
	}

	/**
	 * Returns the next start of a local hour. If a clock change skips the hour, it is the
	 * end of the gap; if the hour occurs twice, it is the first that is not past.
	 * @param now current time
	 * @param zone the recipient's time zone
	 * @param hour local hour, 0 to 23
	 * @return a time after now
	 */
	public static Instant next(Instant now, ZoneId zone, int hour) {
		ZonedDateTime local = now.atZone(zone);
		ZonedDateTime today = ZonedDateTime.of(local.toLocalDate(), LocalTime.of(hour, 0), zone);
		if (today.toInstant().isAfter(now)) {
			return today.toInstant();
		}
		return ZonedDateTime.of(local.toLocalDate().plusDays(1), LocalTime.of(hour, 0), zone).toInstant();
	}

}
