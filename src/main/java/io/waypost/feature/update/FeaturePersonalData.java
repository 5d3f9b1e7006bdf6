package io.waypost.feature.update;

import java.util.function.Consumer;

import io.waypost.feature.FeatureStore;
import io.waypost.feature.state.FeatureStateRepository;
import io.waypost.identity.PersonalRecords;
import io.waypost.identity.ProfileErased;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;

import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Exports and erases the features of a person. Past values are computed from the event
 * log, so they need no erasure of their own.
 */
@Component
@Order(50)
class FeaturePersonalData implements PersonalRecords {

	private final FeatureStore store;

	private final FeatureStateRepository stateRepository;

	FeaturePersonalData(FeatureStore store, FeatureStateRepository stateRepository) {
		this.store = store;
		this.stateRepository = stateRepository;
	}

	@Override
	public String section() {
		return "features";
	}

	@Override
	public void read(TenantId tenant, ProfileId profile, Consumer<Object> consumer) {
		this.store.online(tenant, profile).values().forEach(consumer);
	}

	@EventListener
	@Order(40)
	void on(ProfileErased erased) {
		erased.count("featureStates", this.stateRepository.remove(erased.tenant(), erased.profiles()).size());
	}

}
