package io.waypost.kernel;

import java.util.UUID;

/**
 * Id of one run of a journey for one profile; the business key of its process instance.
 *
 * @param value time-ordered UUID
 */
public record JourneyRunId(UUID value) {

	/**
	 * Parses the canonical text form.
	 * @param text 36 characters
	 * @return the id
	 * @throws IllegalArgumentException when the text is no UUID
	 */
	public static JourneyRunId of(String text) {
		return new JourneyRunId(UUID.fromString(text));
	}

	@Override
	public String toString() {
		return this.value.toString();
	}

}
