package io.waypost.agent.llm.provider;

import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class RetryAfterTests {

	private static final Clock NOON = Clock.fixed(Instant.parse("2026-12-01T12:00:00Z"), ZoneOffset.UTC);

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "7 | PT7S", "0 | PT0S", "86400 | PT1H", "999999999999 | PT1H",
					"Tue, 01 Dec 2026 12:00:30 GMT | PT30S", "Tue, 01 Dec 2026 11:00:00 GMT | PT0S", "-5 |", "soon |",
					"1.5 |", "99999999999999999999 |" })
	void readsSecondsAndDates(String header, String wait) {
		assertThat(RetryAfter.of(headers("Retry-After", header), NOON))
			.isEqualTo((wait != null) ? Duration.parse(wait) : null);
	}

	@Test
	void prefersMilliseconds() {
		HttpHeaders headers = HttpHeaders.of(Map.of("retry-after-ms", List.of("250"), "Retry-After", List.of("9")),
				(name, value) -> true);
		assertThat(RetryAfter.of(headers, NOON)).hasMillis(250);
	}

	@Test
	void isUnknownWithoutAHeader() {
		assertThat(RetryAfter.of(headers("Date", "x"), NOON)).isNull();
	}

	private static HttpHeaders headers(String name, String value) {
		return HttpHeaders.of(Map.of(name, List.of(value)), (header, text) -> true);
	}

}
