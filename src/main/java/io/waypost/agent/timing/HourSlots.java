package io.waypost.agent.timing;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;

/**
 * The next hours in a time zone, one after the other in elapsed time: an hour that is
 * skipped when clocks change is missing, one that is repeated occurs twice.
 *
 * @param starts start of each hour; the first has already begun
 * @param hours local hour, 0 to 23
 */
record HourSlots(Instant[] starts, int[] hours) {

	private static final int MAX_HOURS = 24;

	static HourSlots of(Instant now, ZoneId zone, Duration within) {
		int count = Math.clamp(within.toHours(), 1, MAX_HOURS);
		ZonedDateTime hour = now.atZone(zone).truncatedTo(ChronoUnit.HOURS);
		Instant[] starts = new Instant[count];
		int[] hours = new int[count];
		for (int slot = 0; slot < count; slot++) {
			// ZonedDateTime adds hours as elapsed time
			ZonedDateTime start = hour.plusHours(slot);
			starts[slot] = start.toInstant();
			hours[slot] = start.getHour();
		}
		return new HourSlots(starts, hours);
	}

}
