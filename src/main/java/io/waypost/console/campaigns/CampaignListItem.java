package io.waypost.console.campaigns;

import java.time.Instant;

import io.waypost.console.StatusView;

/**
 * A campaign in the list.
 *
 * @param id its id
 * @param name for people
 * @param status where it stands
 * @param segment whom it is for
 * @param template what it says
 * @param size people in its audience, as far as they are known
 * @param settled how many of them nothing more happens to
 * @param taken messages that a provider took
 * @param moment what happened last: described, launched, ended
 * @param at when
 */
record CampaignListItem(String id, String name, StatusView status, String segment, String template, int size,
		long settled, long taken, String moment, Instant at) {

	/** For a bar whose end may be 0. */
	public int end() {
		return Math.max(1, this.size);
	}

}
