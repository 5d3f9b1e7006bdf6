package io.waypost.identity;

import io.waypost.kernel.EmailAddress;
import org.jspecify.annotations.Nullable;

/**
 * The direct identifiers of one profile, decrypted. Never store or log them, or put them
 * into a process variable.
 *
 * @param userId the source's id of the person
 * @param email address that receives messages
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
