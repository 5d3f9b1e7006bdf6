package io.waypost.campaign;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Words of a campaign for one archetype in one variant.
 *
 * @param archetype whom they are for
 * @param variant which variant
 * @param content id of the words themselves
 * @param people how many of the audience are of this archetype
 * @param status whether they may be sent
 * @param reason why they are not, or why a person looked
 * @param task the engine's id of the open review, null when there is none
 * @param reviewer who decided, null when nobody had to
 * @param decidedAt when
 */
public record CampaignContent(String archetype, String variant, UUID content, int people, ContentStatus status,
		@Nullable String reason, @Nullable String task, @Nullable String reviewer, @Nullable Instant decidedAt) {

	/** Whether words may be sent. */
	public enum ContentStatus {

		/** Inspected, and good as they are or by a person's word. */
		CLEARED,

		/** A person has to look. */
		FLAGGED,

		/** Must not be sent; their people get nothing. */
		REJECTED

	}

}
