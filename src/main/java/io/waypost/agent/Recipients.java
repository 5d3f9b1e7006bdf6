package io.waypost.agent;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;

import io.waypost.feature.FeatureStore;
import io.waypost.feature.Features;
import io.waypost.identity.Profile;
import io.waypost.identity.Profiles;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;

/**
 * What is known of the people a batch is for, read once when it is taken in hand: all
 * agents of one transaction see the same. Nothing of it is a direct identifier.
 *
 * @param profiles indirect attributes, by the id asked for
 * @param features online features, by the id asked for
 */
public record Recipients(Map<ProfileId, Profile> profiles, Map<ProfileId, Features> features) {

	/** For words that are written for an archetype. */
	static final Recipients NONE = new Recipients(Map.of(), Map.of());

	public static Recipients read(TenantId tenant, Collection<ProfileId> people, Profiles profiles,
			FeatureStore features) {
		return new Recipients(profiles.read(tenant, people), features.online(tenant, people));
	}

	/** The person, if there is one. */
	Optional<Profile> profile(Message message) {
		return message.target().recipient().map(this.profiles::get);
	}

	/** What features say of the person, if anything is known. */
	public Optional<Features> features(Message message) {
		return message.target().recipient().map(this.features::get);
	}

}
