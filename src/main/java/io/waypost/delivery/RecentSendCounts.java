package io.waypost.delivery;

/**
 * How many messages somebody got lately, for frequency caps.
 *
 * @param lastDay within 24 hours
 * @param lastWeek within seven days, those of the last day included
 */
public record RecentSendCounts(int lastDay, int lastWeek) {

	/** Nothing within the week. */
	public static final RecentSendCounts NONE = new RecentSendCounts(0, 0);

}
