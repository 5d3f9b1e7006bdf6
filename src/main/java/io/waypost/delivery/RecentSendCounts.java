package io.waypost.delivery;

/**
 * Number of recent messages of a profile, for frequency caps.
 *
 * @param lastDay within 24 hours
 * @param lastWeek within seven days, including the last day
 */
public record RecentSendCounts(int lastDay, int lastWeek) {

	/** No message within seven days. */
	public static final RecentSendCounts NONE = new RecentSendCounts(0, 0);

}
