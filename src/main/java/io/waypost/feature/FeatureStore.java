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

/** Reads features: current values and values as of a past moment. */
@Component
public class FeatureStore {

	private final FeatureStateRepository stateRepository;

	private final EventLog events;

	private final Profiles profiles;

	private final Clock clock;

	FeatureStore(FeatureStateRepository stateRepository, EventLog events, Profiles profiles, Clock clock) {
		this.stateRepository = stateRepository;
		this.events = events;
		this.profiles = profiles;
		this.clock = clock;
	}

	/**
	 * Lists all feature views with their versions and formulas.
	 * @return all views
	 */
	public List<FeatureView> views() {
		return FeatureViews.ALL;
	}

	/**
	 * Reads the current values of many profiles, with one statement; with two more if
	 * some have no state, because they can be absorbed profiles.
	 * @param tenant the tenant
	 * @param profiles the profiles
	 * @return features of each given profile; absorbed profiles have those of their
	 * survivor, unknown ones have empty features
	 */
	public Map<ProfileId, Features> online(TenantId tenant, Collection<ProfileId> profiles) {
		Instant now = this.clock.instant();
		Map<ProfileId, Features> features = read(tenant, profiles, now);
		List<ProfileId> missing = profiles.stream().filter((profile) -> !features.containsKey(profile)).toList();
		if (!missing.isEmpty()) {
			Map<ProfileId, ProfileId> survivors = survivors(tenant, missing);
			Map<ProfileId, Features> ofSurvivors = read(tenant, survivors.values(), now);
			for (ProfileId profile : missing) {
				Features found = ofSurvivors.get(survivors.getOrDefault(profile, profile));
				features.put(profile, (found != null) ? found : FeatureCalculator.of(profile, new FeatureState(), now));
			}
		}
		return features;
	}

	/**
	 * Reads the current values of one profile.
	 * @param tenant the tenant
	 * @param profile the profile
	 * @return empty features if the profile is unknown
	 */
	public Features online(TenantId tenant, ProfileId profile) {
		return Objects.requireNonNull(online(tenant, List.of(profile)).get(profile));
	}

	/**
	 * Computes the values as they were known at a past moment. Events received later are
	 * not included, even if they occurred earlier (bitemporal).
	 * @param tenant the tenant
	 * @param profile the profile
	 * @param asOf the moment
	 * @return the features
	 */
	public Features asOf(TenantId tenant, ProfileId profile, Instant asOf) {
		return FeatureCalculator.of(profile, FeatureState.of(this.events.knownAt(tenant, profile, asOf)), asOf);
	}

	/**
	 * Reads the current values of a random sample of profiles, for statistics.
	 * @param tenant the tenant
	 * @param limit maximum number of profiles
	 * @return features of the sampled profiles
	 */
	public List<Features> sample(TenantId tenant, int limit) {
		Instant now = this.clock.instant();
		return this.stateRepository.sample(tenant, limit)
			.stream()
			.map((row) -> FeatureCalculator.of(row.profile(), FeatureState.decode(row.state()), now))
			.toList();
	}

	private Map<ProfileId, Features> read(TenantId tenant, Collection<ProfileId> profiles, Instant now) {
		Map<ProfileId, Features> features = HashMap.newHashMap(profiles.size());
		if (!profiles.isEmpty()) {
			for (FeatureStateRepository.StateRow row : this.stateRepository.read(tenant, profiles)) {
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
