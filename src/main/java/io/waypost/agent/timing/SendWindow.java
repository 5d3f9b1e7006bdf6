package io.waypost.agent.timing;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/** When messages may be sent, on the recipient's clock. */
public final class SendWindow {

	private SendWindow() {
	}

	static int localHour(Instant now, ZoneId zone) {
		return now.atZone(zone).getHour();
	}

	/**
	 * The next time the recipient's clock shows an hour. Where the clock jumps over the
	 * hour it is the first moment after the gap; where it shows the hour twice it is the
	 * first of the two, unless that is over.
	 * @param now the moment to count from
	 * @param zone the recipient's
	 * @param hour 0 to 23
	 * @return a moment after now
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
