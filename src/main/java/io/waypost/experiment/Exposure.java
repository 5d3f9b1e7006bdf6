package io.waypost.experiment;

import java.time.Instant;

import io.waypost.kernel.ProfileId;
import io.waypost.kernel.SendId;
import org.jspecify.annotations.Nullable;

/**
 * A person was sent an arm, or was held out while others were sent theirs.
 *
 * @param profile the person
 * @param assignment from {@link Assignments}
 * @param send the message, null for people held out
 * @param spentBefore what the person had spent earlier, as covariate of revenue (CUPED);
 * null if unknown. It is used only if it is known for all
 * @param at time of the exposure, if the message is scheduled for later; null for now
 */
public record Exposure(ProfileId profile, Assignment assignment, @Nullable SendId send, @Nullable Double spentBefore,
		@Nullable Instant at) {

	/**
	 * Creates an exposure that happens now.
	 * @param profile the person
	 * @param assignment from {@link Assignments}
	 * @param send the message, null for people held out
	 * @param spentBefore what the person had spent earlier, null if unknown
	 */
	public Exposure(ProfileId profile, Assignment assignment, @Nullable SendId send, @Nullable Double before) {
		this(profile, assignment, send, before, null);
	}

}
