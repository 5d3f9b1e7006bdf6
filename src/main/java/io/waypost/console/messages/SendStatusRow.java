package io.waypost.console.messages;

import java.util.List;

import io.waypost.console.StatusView;

/**
 * Number of messages with one status.
 *
 * @param status the status
 * @param count number of messages
 * @param reasons reasons with their counts
 */
public record SendStatusRow(StatusView status, long count, List<ReasonCount> reasons) {

	/**
	 * A reason and how often it occurs.
	 *
	 * @param name label of the reason
	 * @param count number of messages
	 */
	public record ReasonCount(String name, long count) {

	}

}
