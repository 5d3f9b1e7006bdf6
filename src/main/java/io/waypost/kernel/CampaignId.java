package io.waypost.kernel;

import java.util.UUID;

/**
 * Id of a campaign. It is also the business key of the campaign's process instance and
 * the run id of its sends.
 *
 * @param value time-ordered UUID
 */
public record CampaignId(UUID value) {

	/**
	 * Parses the canonical text form.
	 * @param text 36 characters
	 * @return the id
	 * @throws IllegalArgumentException when the text is no UUID
	 */
	public static CampaignId of(String text) {
		return new CampaignId(UUID.fromString(text));
	}

	@Override
	public String toString() {
		return this.value.toString();
	}

}
