package io.waypost.delivery;

import java.time.Instant;

import io.waypost.kernel.JourneyRunId;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.SendId;
import org.jspecify.annotations.Nullable;

/**
 * One intended message and its state.
 *
 * @param id id of the send
 * @param profile recipient
 * @param run journey run or campaign
 * @param journey journey key
 * @param step message of the run
 * @param template template key
 * @param topic topic whose consent it needs
 * @param status status
 * @param reason short code for the status; null when the status needs none
 * @param variant variant of the content
 * @param deferredUntil start of the next window, only while deferred
 * @param createdAt when it was planned
 * @param acceptedAt when the provider accepted it
 */
public record Send(SendId id, ProfileId profile, JourneyRunId run, String journey, String step, String template,
		String topic, SendStatus status, @Nullable String reason, @Nullable String variant,
		@Nullable Instant deferredUntil, Instant createdAt, @Nullable Instant acceptedAt) {

}
