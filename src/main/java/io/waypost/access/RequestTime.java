package io.waypost.access;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Times in requests, within the range that PostgreSQL and all clients can represent. */
public final class RequestTime {

	private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

	private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");

	private RequestTime() {
	}

	/**
	 * Parses a time.
	 * @param text ISO 8601 with an offset, such as 2026-11-01T12:00:00Z
	 * @return the time
	 * @throws DateTimeException when the text is no time, or outside the years 1 to 9999
	 */
	public static Instant parse(String text) {
		return require(OffsetDateTime.parse(text).toInstant());
	}

	/**
	 * Requires a time within the range.
	 * @param time any time
	 * @return the same time
	 * @throws DateTimeException outside the years 1 to 9999
	 */
	public static Instant require(Instant time) {
		if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
			throw new DateTimeException("%s is outside the years 1 to 9999".formatted(time));
		}
		return time;
	}

}
