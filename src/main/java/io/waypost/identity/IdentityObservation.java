package io.waypost.identity;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What one event says about who it happened to.
 *
 * @param userId the source's id of a known person
 * @param anonymousId device or browser; at least one of both is present
 * @param previousId on {@code alias}: the id that turns out to be the same person
 * @param traits what else was said
 * @param at when it was true
 * @param cause message id, recorded with a merge
 */
public record IdentityObservation(@Nullable String userId, @Nullable String anonymousId, @Nullable String previousId,
		Traits traits, Instant at, String messageId) {

	public IdentityObservation {
		if (userId == null && anonymousId == null) {
			throw new IllegalArgumentException("A sighting needs a userId or an anonymousId");
		}
	}

	@Override
	public String toString() {
		return "Sighting[***]";
	}

}
