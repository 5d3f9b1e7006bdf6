package io.waypost.identity;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * The identifiers and traits of a person that one event carries.
 *
 * @param userId the source's id of the person
 * @param anonymousId device or browser; at least one of the two ids is present
 * @param previousId on {@code alias}: the earlier id of the same person
 * @param traits traits, or {@link Traits#NONE}
 * @param at time of the event
 * @param messageId id of the message, recorded with a merge
 */
public record IdentityObservation(@Nullable String userId, @Nullable String anonymousId, @Nullable String previousId,
		Traits traits, Instant at, String messageId) {

	public IdentityObservation {
		if (userId == null && anonymousId == null) {
			throw new IllegalArgumentException("An observation needs a userId or an anonymousId");
		}
	}

	@Override
	public String toString() {
		return "IdentityObservation[***]";
	}

}
