package io.waypost.agent.timing;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;

/**
 * The next hours as the clocks of a zone show them. They follow one another in real time:
 * an hour that a clock jumps over is not among them, one that it shows twice is so twice.
 *
 * @param starts when each begins; the first is under way
 * @param hours what the clock shows, 0 to 23
 */
record HourSlots(Instant[] starts, int[] hours) {

	private static final int MOST = 24;

	static HourSlots of(Instant now, ZoneId zone, Duration within) {
		int count = Math.clamp(within.toHours(), 1, MOST);
		ZonedDateTime hour = now.atZone(zone).truncatedTo(ChronoUnit.HOURS);
		Instant[] starts = new Instant[count];
		int[] hours = new int[count];
		for (int slot = 0; slot < count; slot++) {
			// Adding to a ZonedDateTime in hours is adding in real time
			ZonedDateTime start = hour.plusHours(slot);
			starts[slot] = start.toInstant();
			hours[slot] = start.getHour();
		}
		return new HourSlots(starts, hours);
	}

}
