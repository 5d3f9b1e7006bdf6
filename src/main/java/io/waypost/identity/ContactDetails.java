package io.waypost.identity;

import io.waypost.kernel.EmailAddress;
import org.jspecify.annotations.Nullable;

/**
 * The direct identifiers of one profile, opened from the vault. Handle like a key: never
 * store it, log it or put it into a process variable.
 *
 * @param userId the source's id of the person
 * @param email where messages go
 * @param firstName given name
 * @param lastName family name
 * @param phone as the source sent it
 */
public record ContactDetails(@Nullable String userId, @Nullable EmailAddress email, @Nullable String firstName,
		@Nullable String lastName, @Nullable String phone) {

	@Override
	public String toString() {
		return "Person[***]";
	}

}
