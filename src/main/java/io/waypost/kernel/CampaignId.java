package io.waypost.kernel;

import java.util.UUID;

/**
 * One campaign: a goal, its audience and all the sends that follow from it; the business
 * key of its process instance and the run of its sends.
 *
 * @param value time-ordered UUID
 */
public record CampaignId(UUID value) {

	/**
	 * Reads the canonical text form.
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
