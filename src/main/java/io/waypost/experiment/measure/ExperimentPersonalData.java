package io.waypost.experiment.measure;

import java.util.Map;
import java.util.function.Consumer;

import io.waypost.identity.PersonalRecords;
import io.waypost.identity.ProfileErased;
import io.waypost.identity.ProfilesMerged;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;

import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Exports, merges and anonymises a person's exposures. */
@Component
@Order(45)
class ExperimentPersonalData implements PersonalRecords {

	private final ExposureRepository repository;

	ExperimentPersonalData(ExposureRepository repository) {
		this.repository = repository;
	}

	@Override
	public String section() {
		return "experiments";
	}

	@Override
	public void read(TenantId tenant, ProfileId profile, Consumer<Object> consumer) {
		this.repository.forEachParticipation(tenant, profile, consumer);
	}

	@EventListener
	@Order(45)
	void on(ProfilesMerged merged) {
		Map<ProfileId, ProfileId> survivors = merged.survivors();
		if (!survivors.isEmpty()) {
			this.repository.moveToSurvivors(merged.tenant(), survivors);
		}
	}

	@EventListener
	@Order(45)
	void on(ProfileErased erased) {
		erased.count("exposures", this.repository.anonymise(erased.tenant(), erased.profiles()));
	}

}
