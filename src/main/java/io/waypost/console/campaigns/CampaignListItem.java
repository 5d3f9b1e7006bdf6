package io.waypost.console.campaigns;

import java.time.Instant;

import io.waypost.console.StatusView;

/**
 * A campaign in the list.
 *
 * @param id its id
 * @param name internal name
 * @param status its status
 * @param segment segment
 * @param template template
 * @param size recipients, as far as known
 * @param completed recipients whose status is final
 * @param accepted messages that a provider accepted
 * @param moment last step: created, launched or ended
 * @param at time of the last step
 */
record CampaignListItem(String id, String name, StatusView status, String segment, String template, int size,
		long completed, long accepted, String moment, Instant at) {

	/** Returns the maximum of the progress bar, at least 1. */
	public int end() {
		return Math.max(1, this.size);
	}

}
