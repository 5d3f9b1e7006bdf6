package io.waypost.ingestion.parse;

import java.time.Instant;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Times of events are corrected for the sender's clock. */
class ClockSkewCorrectionTests {

	private static final ObjectMapper JSON = new ObjectMapper();

	private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

	@ParameterizedTest
	@CsvSource({ "2026-03-01T11:00:00Z,2026-03-01T12:00:00Z,2026-03-01T11:00:00Z",
			"2020-01-01T10:00:00Z,2020-01-01T10:30:00Z,2026-03-01T11:30:00Z",
			"2031-01-01T10:00:00Z,2031-01-01T10:00:01Z,2026-03-01T11:59:59Z",
			"2026-03-01T12:00:05Z,2026-03-01T12:00:00Z,2026-03-01T12:00:00Z",
			"2026-03-01T10:00:00.123456789Z,,2026-03-01T10:00:00.123456Z",
			"2026-03-01T11:00:00+01:00,,2026-03-01T10:00:00Z", "2026-03-01T11:00:00+0100,,2026-03-01T10:00:00Z",
			"2026-03-01 10:00:00,,2026-03-01T10:00:00Z", "2026-02-28,,2026-02-28T00:00:00Z",
			"2999-01-01T00:00:00Z,,2026-03-01T12:00:00Z" })
	void correctsTheClock(String timestamp, String sentAt, String expected) throws Exception {
		assertThat(ClockSkewCorrection.occurredAt(JSON.createObjectNode().put("timestamp", timestamp),
				(sentAt != null) ? TextNode.valueOf(sentAt) : null, NOON))
			.isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "yesterday", "0001-01-01T00:00:00Z", "2026-13-01T00:00:00Z", "99999-01-01T00:00:00Z",
			"2026-02-30T00:00:00Z", "", "Z" })
	void rejectsImpossibleTimes(String timestamp) {
		assertThatExceptionOfType(EventValidationException.class).isThrownBy(
				() -> ClockSkewCorrection.occurredAt(JSON.createObjectNode().put("timestamp", timestamp), null, NOON));
	}

}
