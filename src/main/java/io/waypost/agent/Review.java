package io.waypost.agent;

import org.jspecify.annotations.Nullable;

/**
 * A person's decision on flagged words.
 *
 * @param decision what was decided
 * @param reviewer who, as the ledger shows it
 * @param reason why; mandatory unless approved
 * @param subject the new subject, null when unchanged
 * @param body the new text, paragraphs separated by blank lines, null when unchanged
 */
public record Review(ReviewDecision decision, String reviewer, @Nullable String reason, @Nullable String subject,
		@Nullable String body) {

	/** What a reviewer can decide. */
	public enum ReviewDecision {

		/** Send it as it is. */
		APPROVED,

		/** Send it with other words. */
		CHANGED,

		/** Do not send it. */
		REJECTED,

		/** Nobody decided in time. */
		EXPIRED

	}

}
