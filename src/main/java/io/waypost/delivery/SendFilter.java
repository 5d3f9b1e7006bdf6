package io.waypost.delivery;

import io.waypost.kernel.JourneyRunId;
import io.waypost.kernel.ProfileId;
import org.jspecify.annotations.Nullable;

/**
 * Which sends to list; null leaves a question open.
 *
 * @param profile to whom
 * @param run of which journey run or campaign
 * @param status where they stand
 * @param journey journey key
 */
public record SendFilter(@Nullable ProfileId profile, @Nullable JourneyRunId run, @Nullable SendStatus status,
		@Nullable String journey) {

	/**
	 * Every send of the tenant.
	 * @return a filter that leaves all questions open
	 */
	public static SendFilter all() {
		return new SendFilter(null, null, null, null);
	}

}
