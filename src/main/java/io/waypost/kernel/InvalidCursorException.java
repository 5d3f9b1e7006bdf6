package io.waypost.kernel;

import org.jspecify.annotations.Nullable;

/** A request names a page cursor that no page of this list returned. */
public class InvalidCursorException extends IllegalArgumentException {

	InvalidCursorException(String text, @Nullable Exception cause) {
		super("cursor '%s' is not the nextCursor of a page of this list; leave it out for the first page"
			.formatted(text), cause);
	}

}
