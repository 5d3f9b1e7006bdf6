package io.waypost.delivery;

import java.time.Instant;

import io.waypost.kernel.JourneyRunId;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.SendId;
import org.jspecify.annotations.Nullable;

/**
 * One intended message and where it stands.
 *
 * @param id its id
 * @param profile to whom
 * @param run which journey run wants it
 * @param journey journey key
 * @param step which message of the run
 * @param template template key
 * @param topic which consent it needs
 * @param status where it stands
 * @param reason why it stands there, a short code; null when the status says it all
 * @param variant which variant of the words
 * @param deferredUntil when the next window opens, only while deferred
 * @param createdAt when it was planned
 * @param acceptedAt when the provider took it
 */
public record Send(SendId id, ProfileId profile, JourneyRunId run, String journey, String step, String template,
		String topic, SendStatus status, @Nullable String reason, @Nullable String variant,
		@Nullable Instant deferredUntil, Instant createdAt, @Nullable Instant acceptedAt) {

}
