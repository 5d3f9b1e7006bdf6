package io.waypost.agent.timing;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;

import io.waypost.agent.timing.SendTimeSelector.HourSlots;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Days on which clocks change. */
class HourSlotsTests {

	private static final ZoneId LONDON = ZoneId.of("Europe/London");

	private static final Duration DAY = Duration.ofHours(24);

	@Test
	void omitsASkippedHour() {
		HourSlots slots = HourSlots.of(Instant.parse("2026-03-28T23:30:00Z"), LONDON, DAY);
		assertThat(Arrays.copyOf(slots.hours(), 4)).containsExactly(23, 0, 2, 3);
		assertThat(slots.starts()[2]).isEqualTo("2026-03-29T01:00:00Z");
	}

	@Test
	void repeatsARepeatedHour() {
		HourSlots slots = HourSlots.of(Instant.parse("2026-10-24T23:30:00Z"), LONDON, DAY);
		assertThat(Arrays.copyOf(slots.hours(), 4)).containsExactly(0, 1, 1, 2);
		assertThat(slots.starts()[1]).isEqualTo("2026-10-25T00:00:00Z");
		assertThat(slots.starts()[2]).isEqualTo("2026-10-25T01:00:00Z");
	}

	@Test
	void startsAtFullHoursOfZonesWithHalfHourOffsets() {
		HourSlots slots = HourSlots.of(Instant.parse("2026-11-22T10:10:00Z"), ZoneId.of("Asia/Kolkata"), DAY);
		assertThat(slots.hours()[0]).isEqualTo(15);
		assertThat(slots.starts()[1]).isEqualTo("2026-11-22T10:30:00Z");
	}

	@Test
	void coversOneHourToOneDay() {
		assertThat(HourSlots.of(Instant.EPOCH, LONDON, Duration.ofDays(3)).hours()).hasSize(24);
		assertThat(HourSlots.of(Instant.EPOCH, LONDON, Duration.ofMinutes(1)).hours()).hasSize(1);
	}

}
