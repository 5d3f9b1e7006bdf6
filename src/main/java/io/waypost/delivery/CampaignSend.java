package io.waypost.delivery;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import io.waypost.kernel.ProfileId;
import org.jspecify.annotations.Nullable;

/**
 * Decision of a campaign about one recipient.
 *
 * @param profile recipient, after all merges
 * @param content id of the shared content, never null with status QUEUED
 * @param variant variant of the content, null when none was chosen
 * @param status QUEUED, WITHHELD or DEFERRED
 * @param reason short code, never null with status WITHHELD
 * @param readyAt earliest time to send, only with status QUEUED; null for immediately
 * @param deferredUntil start of the next window, never null with status DEFERRED
 * @param explanation sections that hold for this recipient only
 */
public record CampaignSend(ProfileId profile, @Nullable UUID content, @Nullable String variant, SendStatus status,
		@Nullable String reason, @Nullable Instant readyAt, @Nullable Instant deferredUntil,
		Map<String, Object> explanation) {

	public CampaignSend {
		String missing = switch (status) {
			case QUEUED -> (content == null) ? "content" : null;
			case WITHHELD -> (reason == null) ? "reason" : null;
			case DEFERRED -> (deferredUntil == null) ? "deferredUntil" : null;
			default -> throw new IllegalArgumentException(
					"A campaign cannot add a send with status " + status + "; use QUEUED, WITHHELD or DEFERRED");
		};
		if (missing != null) {
			throw new IllegalArgumentException("A send with status %s needs %s".formatted(status, missing));
		}
	}

}
