package io.waypost.agent.llm.provider;

import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/** How long a provider asks to wait before the next request. */
final class RetryAfter {

	/** Limits what a wrong header can do. */
	private static final Duration LONGEST = Duration.ofHours(1);

	private RetryAfter() {
	}

	/**
	 * Reads {@code retry-after-ms}, which OpenAI and Azure send, else
	 * {@code Retry-After}, which has seconds or a date.
	 * @param headers headers of the response
	 * @param clock time to which a date is compared
	 * @return from zero to one hour; null without a readable header
	 */
	static @Nullable Duration of(HttpHeaders headers, Clock clock) {
		Duration wait = headers.firstValue("retry-after-ms")
			.flatMap(RetryAfter::number)
			.map((millis) -> Duration.ofMillis(millis))
			.or(() -> headers.firstValue("retry-after").flatMap((value) -> secondsOrDate(value.strip(), clock)))
			.orElse(null);
		if (wait == null || wait.isNegative()) {
			return (wait == null) ? null : Duration.ZERO;
		}
		return (wait.compareTo(LONGEST) > 0) ? LONGEST : wait;
	}

	private static Optional<Duration> secondsOrDate(String value, Clock clock) {
		return number(value).map((seconds) -> Duration.ofSeconds(seconds)).or(() -> untilDate(value, clock));
	}

	private static Optional<Duration> untilDate(String value, Clock clock) {
		try {
			Instant date = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
			return Optional.of(Duration.between(clock.instant(), date));
		}
		catch (DateTimeException ex) {
			return Optional.empty();
		}
	}

	private static Optional<Long> number(String value) {
		return value.matches("\\d{1,12}") ? Optional.of(Long.parseLong(value)) : Optional.empty();
	}

}
