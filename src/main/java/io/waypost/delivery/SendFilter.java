package io.waypost.delivery;

import io.waypost.kernel.JourneyRunId;
import io.waypost.kernel.ProfileId;
import org.jspecify.annotations.Nullable;

/**
 * Filter of a list of sends; null does not filter.
 *
 * @param profile recipient
 * @param run journey run or campaign
 * @param status status
 * @param journey journey key
 */
public record SendFilter(@Nullable ProfileId profile, @Nullable JourneyRunId run, @Nullable SendStatus status,
		@Nullable String journey) {

	/**
	 * Returns a filter that matches every send of the tenant.
	 * @return the filter
	 */
	public static SendFilter all() {
		return new SendFilter(null, null, null, null);
	}

}
