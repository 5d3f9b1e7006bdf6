package io.waypost.agent;

import io.waypost.consent.SendPermission;
import io.waypost.delivery.RecentSendCounts;
import io.waypost.feature.Features;
import io.waypost.identity.Profile;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one person of a chunk.
 *
 * @param profile indirect attributes, null when there is no such person any more
 * @param features online features
 * @param permission the gate's answer, null when it had none
 * @param sent what the person got lately
 */
public record RecipientFacts(@Nullable Profile profile, Features features, @Nullable SendPermission permission,
		RecentSendCounts sent) {

}
