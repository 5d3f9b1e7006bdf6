package io.waypost.agent.decide;

import io.waypost.consent.SendPermission;
import io.waypost.delivery.RecentSendCounts;
import io.waypost.feature.Features;
import io.waypost.identity.Profile;
import io.waypost.kernel.ProfileId;
import org.jspecify.annotations.Nullable;

/**
 * Data for the decision about a recipient.
 *
 * @param recipient id of the surviving profile
 * @param profile indirect attributes, null when the profile no longer exists
 * @param features online features, null when there are none
 * @param permission the permission of the consent module, null when there is none
 * @param sent number of recent messages to the recipient
 * @param deferrals how often this message was deferred
 */
public record RecipientFacts(ProfileId recipient, @Nullable Profile profile, @Nullable Features features,
		@Nullable SendPermission permission, RecentSendCounts sent, int deferrals) {

}
