package io.waypost.agent.timing;

import java.time.Instant;
import java.time.ZoneId;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class SendWindowTests {

	@ParameterizedTest
	@CsvSource({ "2026-11-21T22:30:00Z, UTC, 8, 2026-11-22T08:00:00Z",
			"2026-11-21T05:30:00Z, UTC, 8, 2026-11-21T08:00:00Z", "2026-11-21T08:00:00Z, UTC, 8, 2026-11-22T08:00:00Z",
			"2026-11-21T22:30:00Z, America/New_York, 8, 2026-11-22T13:00:00Z",
			"2026-11-21T22:30:00Z, Asia/Kolkata, 8, 2026-11-22T02:30:00Z" })
	void startsAtTheLocalHour(Instant now, ZoneId zone, int hour, Instant opens) {
		assertThat(SendWindow.next(now, zone, hour)).isEqualTo(opens);
	}

	@Test
	void startsAtTheEndOfTheGapWhenTheHourIsSkipped() {
		// Berlin, 29 March 2026: 02:00 becomes 03:00
		assertThat(SendWindow.next(Instant.parse("2026-03-29T00:30:00Z"), ZoneId.of("Europe/Berlin"), 2))
			.isEqualTo("2026-03-29T01:00:00Z");
	}

	@Test
	void startsAtTheFirstOfARepeatedHour() {
		// Berlin, 25 October 2026: 02:00 occurs twice, first at 00:00 UTC
		ZoneId berlin = ZoneId.of("Europe/Berlin");
		assertThat(SendWindow.next(Instant.parse("2026-10-24T23:30:00Z"), berlin, 2)).isEqualTo("2026-10-25T00:00:00Z");
		assertThat(SendWindow.next(Instant.parse("2026-10-25T00:30:00Z"), berlin, 2)).isEqualTo("2026-10-26T01:00:00Z");
	}

	@Test
	void returnsTheLocalHour() {
		assertThat(SendWindow.localHour(Instant.parse("2026-11-21T22:30:00Z"), ZoneId.of("Asia/Tokyo"))).isEqualTo(7);
	}

}
