package io.waypost.kernel;

import java.util.UUID;

/**
 * Id of a send: one intended message to one profile.
 *
 * @param value time-ordered UUID
 */
public record SendId(UUID value) {

	/**
	 * Parses the canonical text form.
	 * @param text 36 characters
	 * @return the id
	 * @throws IllegalArgumentException when the text is no UUID
	 */
	public static SendId of(String text) {
		return new SendId(UUID.fromString(text));
	}

	@Override
	public String toString() {
		return this.value.toString();
	}

}
