package io.waypost.campaign;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Content of a campaign for one archetype and variant.
 *
 * @param archetype key of the archetype
 * @param variant name of the variant
 * @param content id of the content
 * @param people number of recipients of this archetype
 * @param status whether it may be sent
 * @param reason short code why it may not be sent or was reviewed, null in the normal
 * case
 * @param task id of the open review task, null when there is none
 * @param reviewer user who decided, null without a review
 * @param decidedAt time of the decision, null without a review
 */
public record CampaignContent(String archetype, String variant, UUID content, int people, ContentStatus status,
		@Nullable String reason, @Nullable String task, @Nullable String reviewer, @Nullable Instant decidedAt) {

	/** Whether content may be sent. */
	public enum ContentStatus {

		/** Passed the guardrail, or approved by a reviewer. */
		CLEARED,

		/** Waits for a review. */
		FLAGGED,

		/** Must not be sent; its recipients receive no message. */
		REJECTED

	}

}
