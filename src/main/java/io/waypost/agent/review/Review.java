package io.waypost.agent.review;

import org.jspecify.annotations.Nullable;

/**
 * A reviewer's decision about flagged content.
 *
 * @param decision the decision
 * @param reviewer the user, as recorded in the ledger
 * @param reason comment; required unless approved
 * @param subject the new subject line, null when unchanged
 * @param body the new body, paragraphs separated by blank lines, null when unchanged
 */
public record Review(ReviewDecision decision, String reviewer, @Nullable String reason, @Nullable String subject,
		@Nullable String body) {

	/** Decision of a reviewer. */
	public enum ReviewDecision {

		/** Send the content unchanged. */
		APPROVED,

		/** Send the content with changed texts. */
		CHANGED,

		/** Do not send the content. */
		REJECTED,

		/** The review expired without a decision. */
		EXPIRED

	}

}
