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
 * @param person their id after all merges
 * @param profile indirect attributes, null when there is no such person any more
 * @param features online features, null when there are none
 * @param permission the answer of the consent room, null when it had none
 * @param sent what the person got lately
 * @param deferrals how often this message was deferred
 */
public record RecipientFacts(ProfileId person, @Nullable Profile profile, @Nullable Features features,
		@Nullable SendPermission permission, RecentSendCounts sent, int deferrals) {

}
