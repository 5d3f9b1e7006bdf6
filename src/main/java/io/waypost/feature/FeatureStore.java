package io.waypost.feature;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.waypost.ingestion.EventLog;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;

import org.springframework.stereotype.Component;

/** Feature views, online and as of a past moment. */
@Component
public class FeatureStore {

	private final ProfileStates states;

	private final EventLog events;

	private final Clock clock;

	FeatureStore(ProfileStates states, EventLog events, Clock clock) {
		this.states = states;
		this.events = events;
		this.clock = clock;
	}

	/**
	 * The views there are, with their versions and formulas.
	 * @return all of them
	 */
	public List<FeatureView> views() {
		return FeatureViews.ALL;
	}

	/**
	 * The values now, for many profiles with one statement.
	 * @param tenant whose profiles
	 * @param profiles whom
	 * @return a value for each profile asked for; unknown ones get empty features
	 */
	public Map<ProfileId, Features> online(TenantId tenant, Collection<ProfileId> profiles) {
		Instant now = this.clock.instant();
		Map<ProfileId, Features> features = HashMap.newHashMap(profiles.size());
		if (profiles.isEmpty()) {
			return features;
		}
		for (ProfileStates.Row row : this.states.read(tenant, profiles)) {
			features.put(row.profile(), FeatureReading.of(row.profile(), FeatureState.decode(row.state()), now));
		}
		for (ProfileId profile : profiles) {
			features.computeIfAbsent(profile, (unknown) -> FeatureReading.of(unknown, new FeatureState(), now));
		}
		return features;
	}

	/**
	 * The values now, for one profile.
	 * @param tenant whose profile
	 * @param profile whom
	 * @return empty features when the profile is unknown
	 */
	public Features online(TenantId tenant, ProfileId profile) {
		return Objects.requireNonNull(online(tenant, List.of(profile)).get(profile));
	}

	/**
	 * The values as they were known at a past moment (bitemporal: late events do not leak
	 * into the past).
	 * @param tenant whose profile
	 * @param profile whom
	 * @param asOf the moment
	 * @return the features
	 */
	public Features asOf(TenantId tenant, ProfileId profile, Instant asOf) {
		FeatureState state = new FeatureState();
		this.events.knownAt(tenant, profile, asOf).forEach(state::apply);
		return FeatureReading.of(profile, state, asOf);
	}

}
