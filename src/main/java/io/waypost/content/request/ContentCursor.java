package io.waypost.content.request;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

import io.waypost.access.InvalidRequest;
import io.waypost.kernel.Page;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;

/** Where the next page of a list begins: behind this key and number. */
public record ContentCursor(String key, int number) {

	/** Reads what {@link #toString()} wrote; without one the list begins at its start. */
	public static ContentCursor read(@Nullable String text, String firstKey, int firstNumber) {
		if (text == null) {
			return new ContentCursor(firstKey, firstNumber);
		}
		try {
			String clear = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
			int colon = clear.indexOf(':');
			return new ContentCursor(clear.substring(colon + 1), Integer.parseInt(clear.substring(0, colon)));
		}
		catch (IllegalArgumentException | StringIndexOutOfBoundsException malformed) {
			throw new InvalidRequest(HttpStatus.BAD_REQUEST,
					"cursor '%s' is not one that a page answered with; leave it out to begin anew".formatted(text),
					List.of());
		}
	}

	/** Cuts a list of at most limit + 1 rows into a page. */
	public static <T> Page<T> page(List<T> rows, int limit, Function<T, ContentCursor> cursor) {
		if (rows.size() <= limit) {
			return new Page<>(rows, null);
		}
		List<T> shown = rows.subList(0, limit);
		return new Page<>(shown, cursor.apply(shown.getLast()).toString());
	}

	public static int limit(int wanted) {
		return Math.clamp(wanted, 1, 500);
	}

	@Override
	public String toString() {
		return Base64.getUrlEncoder()
			.withoutPadding()
			.encodeToString((this.number + ":" + this.key).getBytes(StandardCharsets.UTF_8));
	}

}
