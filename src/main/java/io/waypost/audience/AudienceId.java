package io.waypost.audience;

import java.util.UUID;

/**
 * Id of a frozen audience.
 *
 * @param value time-ordered UUID
 */
public record AudienceId(UUID value) {

	/**
	 * Reads the canonical text form.
	 * @param text 36 characters
	 * @return the id
	 * @throws IllegalArgumentException when the text is not a UUID
	 */
	public static AudienceId of(String text) {
		return new AudienceId(UUID.fromString(text));
	}

	@Override
	public String toString() {
		return this.value.toString();
	}

}
