package io.waypost.kernel;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Keyset position of the last row of a page: the values of the sort key, opaque to
 * clients.
 *
 * @param values the sort key's values as texts
 */
public record Cursor(List<String> values) {

	private static final int LARGEST_PAGE = 500;

	private static final int LATEST_YEAR = 9999;

	private static final String SEPARATOR = "\u0000";

	public Cursor {
		values = List.copyOf(values);
	}

	/**
	 * Makes the cursor of a row.
	 * @param values the row's sort key; no text contains the character NUL
	 * @return their cursor
	 */
	public static Cursor of(Object... values) {
		return new Cursor(Stream.of(values).map(Object::toString).toList());
	}

	/**
	 * Reads a cursor that {@link #encode()} wrote.
	 * @param text from the request; null or empty on the first page
	 * @param size number of values that the list's sort key has
	 * @return the cursor, or empty on the first page
	 * @throws InvalidCursorException when the text is no cursor of this list
	 */
	public static Optional<Cursor> decode(@Nullable String text, int size) {
		if (text == null || text.isEmpty()) {
			return Optional.empty();
		}
		try {
			String clear = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
			List<String> values = List.of(clear.split(SEPARATOR, -1));
			if (values.size() == size) {
				return Optional.of(new Cursor(values));
			}
		}
		catch (IllegalArgumentException notBase64) {
			throw new InvalidCursorException(text, notBase64);
		}
		throw new InvalidCursorException(text, null);
	}

	/**
	 * Reads a cursor that is the id of the last row.
	 * @param text from the request; null or empty on the first page
	 * @return the id, or empty on the first page
	 * @throws InvalidCursorException when the text is no id
	 */
	public static Optional<UUID> decodeId(@Nullable String text) {
		if (text == null || text.isEmpty()) {
			return Optional.empty();
		}
		try {
			return Optional.of(UUID.fromString(text));
		}
		catch (IllegalArgumentException notAnId) {
			throw new InvalidCursorException(text, notAnId);
		}
	}

	/**
	 * Cuts a list that was read with one row more than the page holds.
	 * @param rows at most limit + 1 rows
	 * @param limit rows on a page
	 * @param cursor makes the cursor of a row
	 * @param <T> what is listed
	 * @return the page, with a cursor when there are more rows
	 */
	public static <T> Page<T> page(List<T> rows, int limit, Function<T, Cursor> cursor) {
		if (rows.size() <= limit) {
			return new Page<>(rows, null);
		}
		List<T> page = rows.subList(0, limit);
		return new Page<>(page, cursor.apply(page.getLast()).encode());
	}

	/** Limits the size of a page to 1 to 500 rows. */
	public static int limit(int requested) {
		return Math.clamp(requested, 1, LARGEST_PAGE);
	}

	/** Writes the cursor as URL-safe Base64. */
	public String encode() {
		return Base64.getUrlEncoder()
			.withoutPadding()
			.encodeToString(String.join(SEPARATOR, this.values).getBytes(StandardCharsets.UTF_8));
	}

	public String text(int index) {
		return this.values.get(index);
	}

	/**
	 * Reads a value as a UUID.
	 * @throws InvalidCursorException when it is none
	 */
	public UUID uuid(int index) {
		return parse(index, UUID::fromString);
	}

	/**
	 * Reads a value as a time in ISO 8601.
	 * @throws InvalidCursorException when it is none
	 */
	public Instant instant(int index) {
		return parse(index, Cursor::storable);
	}

	/** Reads a time that the database can compare with its own. */
	private static Instant storable(String text) {
		int year = OffsetDateTime.parse(text).getYear();
		if (year < 1 || year > LATEST_YEAR) {
			throw new DateTimeException("The year %d is outside 1 to %d".formatted(year, LATEST_YEAR));
		}
		return Instant.parse(text);
	}

	/**
	 * Reads a value as a whole number.
	 * @throws InvalidCursorException when it is none
	 */
	public int number(int index) {
		return parse(index, Integer::parseInt);
	}

	private <T> T parse(int index, Function<String, T> parser) {
		try {
			return parser.apply(text(index));
		}
		catch (RuntimeException notOfThisList) {
			throw new InvalidCursorException(encode(), notOfThisList);
		}
	}

}
