package io.waypost.feature;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.waypost.feature.state.FeatureState;
import io.waypost.feature.state.FeatureStateRepository;
import io.waypost.feature.view.FeatureCalculator;
import io.waypost.feature.view.FeatureViews;
import io.waypost.identity.Profiles;
import io.waypost.ingestion.EventLog;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;

import org.springframework.stereotype.Component;

/** Feature views, online and as of a past moment. */
@Component
public class FeatureStore {

	private final FeatureStateRepository states;

	private final EventLog events;

	private final Profiles profiles;

	private final Clock clock;

	FeatureStore(FeatureStateRepository states, EventLog events, Profiles profiles, Clock clock) {
		this.states = states;
		this.events = events;
		this.profiles = profiles;
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
	 * The values now, for many profiles with one statement; two more when some have no
	 * state, because those may have been absorbed by others.
	 * @param tenant whose profiles
	 * @param profiles whom
	 * @return a value for each profile asked for, an absorbed one with the features of
	 * its survivor; unknown ones get empty features
	 */
	public Map<ProfileId, Features> online(TenantId tenant, Collection<ProfileId> profiles) {
		Instant now = this.clock.instant();
		Map<ProfileId, Features> features = read(tenant, profiles, now);
		List<ProfileId> missing = profiles.stream().filter((profile) -> !features.containsKey(profile)).toList();
		if (!missing.isEmpty()) {
			Map<ProfileId, ProfileId> survivors = survivors(tenant, missing);
			Map<ProfileId, Features> theirs = read(tenant, survivors.values(), now);
			for (ProfileId profile : missing) {
				Features found = theirs.get(survivors.getOrDefault(profile, profile));
				features.put(profile, (found != null) ? found : FeatureCalculator.of(profile, new FeatureState(), now));
			}
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
		return FeatureCalculator.of(profile, FeatureState.of(this.events.knownAt(tenant, profile, asOf)), asOf);
	}

	/**
	 * The features of some people, so that one can learn what most do.
	 * @param tenant whose profiles
	 * @param limit how many at the most
	 * @return their values now; whoever was changed last is as likely among them as
	 * anybody
	 */
	public List<Features> sample(TenantId tenant, int limit) {
		Instant now = this.clock.instant();
		return this.states.sample(tenant, limit)
			.stream()
			.map((row) -> FeatureCalculator.of(row.profile(), FeatureState.decode(row.state()), now))
			.toList();
	}

	private Map<ProfileId, Features> read(TenantId tenant, Collection<ProfileId> profiles, Instant now) {
		Map<ProfileId, Features> features = HashMap.newHashMap(profiles.size());
		if (!profiles.isEmpty()) {
			for (FeatureStateRepository.StateRow row : this.states.read(tenant, profiles)) {
				features.put(row.profile(), FeatureCalculator.of(row.profile(), FeatureState.decode(row.state()), now));
			}
		}
		return features;
	}

	private Map<ProfileId, ProfileId> survivors(TenantId tenant, List<ProfileId> profiles) {
		Map<ProfileId, ProfileId> survivors = new HashMap<>();
		this.profiles.read(tenant, profiles).forEach((asked, person) -> {
			if (!person.id().equals(asked)) {
				survivors.put(asked, person.id());
			}
		});
		return survivors;
	}

}
