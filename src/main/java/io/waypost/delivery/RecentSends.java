package io.waypost.delivery;

/**
 * How many messages somebody got lately, for frequency caps.
 *
 * @param lastDay within 24 hours
 * @param lastWeek within seven days, those of the last day included
 */
public record RecentSends(int lastDay, int lastWeek) {

	/** Nothing within the week. */
	public static final RecentSends NONE = new RecentSends(0, 0);

}
