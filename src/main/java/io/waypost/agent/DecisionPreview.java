package io.waypost.agent;

import io.waypost.delivery.SendStatus;
import io.waypost.kernel.ProfileId;
import org.jspecify.annotations.Nullable;

/**
 * What would be decided about one person now, whatever the words.
 *
 * @param profile whom, after all merges
 * @param status QUEUED, WITHHELD or DEFERRED
 * @param reason short code; null with QUEUED
 */
public record DecisionPreview(ProfileId profile, SendStatus status, @Nullable String reason) {

}
