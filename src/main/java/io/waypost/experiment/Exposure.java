package io.waypost.experiment;

import java.time.Instant;

import io.waypost.kernel.ProfileId;
import io.waypost.kernel.SendId;
import org.jspecify.annotations.Nullable;

/**
 * One person was sent an arm, or was held out while others were sent theirs.
 *
 * @param profile who
 * @param assignment what {@link Assignments} said
 * @param send the message, null for somebody held out
 * @param before what the person had spent before, for narrower intervals of revenue
 * (CUPED); null when it is not known. It is used when all have it.
 * @param at when, for a message that waits for its hour; null for now
 */
public record Exposure(ProfileId profile, Assignment assignment, @Nullable SendId send, @Nullable Double spentBefore,
		@Nullable Instant at) {

	/**
	 * An exposure that happens now.
	 * @param profile who
	 * @param assignment what {@link Assignments} said
	 * @param send the message, null for somebody held out
	 * @param before what the person had spent before, null when it is not known
	 */
	public Exposure(ProfileId profile, Assignment assignment, @Nullable SendId send, @Nullable Double before) {
		this(profile, assignment, send, before, null);
	}

}
