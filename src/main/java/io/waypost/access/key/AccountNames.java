package io.waypost.access.key;

import java.util.regex.Pattern;

import io.waypost.access.InvalidRequestException;
import org.jspecify.annotations.Nullable;

/** Checks the names that people give to API tokens and sources. */
final class AccountNames {

	private static final Pattern NAME = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9 ._-]{0,62}[A-Za-z0-9])?");

	private AccountNames() {
	}

	/**
	 * Requires a valid name.
	 * @param name the name of a request
	 * @return the name
	 * @throws InvalidRequestException a 400
	 */
	static String require(@Nullable String name) {
		if (name == null || !NAME.matcher(name).matches()) {
			throw InvalidRequestException.badRequest("/name",
					"%s must be 1 to 64 letters, digits, spaces or . _ -, and start and end with a letter or digit"
						.formatted((name != null) ? "'" + name + "'" : "is missing; it"));
		}
		return name;
	}

}
