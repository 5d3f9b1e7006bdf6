package io.waypost.kernel;

import java.util.UUID;

/**
 * Id of a profile. It carries no personal data and is the only reference to a person
 * outside the PII vault.
 *
 * @param value time-ordered UUID
 */
public record ProfileId(UUID value) {

	/**
	 * Parses the canonical text form.
	 * @param text 36 characters
	 * @return the id
	 * @throws IllegalArgumentException when the text is no UUID
	 */
	public static ProfileId of(String text) {
		return new ProfileId(UUID.fromString(text));
	}

	@Override
	public String toString() {
		return this.value.toString();
	}

}
