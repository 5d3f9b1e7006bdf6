package io.waypost.delivery;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import io.waypost.kernel.ProfileId;
import org.jspecify.annotations.Nullable;

/**
 * What a campaign decided about one person.
 *
 * @param profile whom, after all merges
 * @param content which shared words, never null with status QUEUED
 * @param variant which variant of the words, null when none was chosen
 * @param status QUEUED, WITHHELD or DEFERRED
 * @param reason short code, never null with status WITHHELD
 * @param readyAt not before when, only with status QUEUED; null for at once
 * @param deferredUntil when the next window opens, never null with status DEFERRED
 * @param explanation the sections that hold for this person alone
 */
public record CampaignSend(ProfileId profile, @Nullable UUID content, @Nullable String variant, SendStatus status,
		@Nullable String reason, @Nullable Instant readyAt, @Nullable Instant deferredUntil,
		Map<String, Object> explanation) {

	public CampaignSend {
		String missing = switch (status) {
			case QUEUED -> (content == null) ? "content" : null;
			case WITHHELD -> (reason == null) ? "reason" : null;
			case DEFERRED -> (deferredUntil == null) ? "deferredUntil" : null;
			default -> throw new IllegalArgumentException("A campaign cannot make a send " + status);
		};
		if (missing != null) {
			throw new IllegalArgumentException("A send that is %s needs %s".formatted(status, missing));
		}
	}

}
