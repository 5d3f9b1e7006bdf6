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
 * Profiles and features of a batch's recipients. They are read once per transaction, so
 * that all agents see the same data. Contains no direct identifiers.
 *
 * @param profiles profiles by the requested id
 * @param features online features by the requested id
 */
public record Recipients(Map<ProfileId, Profile> profiles, Map<ProfileId, Features> features) {

	/** For content of an archetype. */
	public static final Recipients NONE = new Recipients(Map.of(), Map.of());

	public static Recipients read(TenantId tenant, Collection<ProfileId> ids, Profiles profiles,
			FeatureStore features) {
		return new Recipients(profiles.read(tenant, ids), features.online(tenant, ids));
	}

	/** Returns the recipient's profile, if there is one. */
	Optional<Profile> profile(Message message) {
		return message.target().recipient().map(this.profiles::get);
	}

	/** Returns the recipient's features, if there are any. */
	public Optional<Features> features(Message message) {
		return message.target().recipient().map(this.features::get);
	}

}
