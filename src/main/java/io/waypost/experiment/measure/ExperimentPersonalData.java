package io.waypost.experiment.measure;

import java.util.HashMap;
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

/** Exposures follow people: into another profile, into their own hands, out of sight. */
@Component
@Order(45)
public class ExperimentPersonalData implements PersonalRecords {

	private final ExposureRepository rows;

	public ExperimentPersonalData(ExposureRepository rows) {
		this.rows = rows;
	}

	@Override
	public String section() {
		return "experiments";
	}

	@Override
	public void read(TenantId tenant, ProfileId profile, Consumer<Object> sink) {
		this.rows.forEachParticipation(tenant, profile, sink);
	}

	@EventListener
	@Order(45)
	public void on(ProfilesMerged merged) {
		Map<ProfileId, ProfileId> survivors = new HashMap<>();
		for (ProfilesMerged.Merge merge : merged.merges()) {
			survivors
				.replaceAll((absorbed, survivor) -> survivor.equals(merge.absorbed()) ? merge.survivor() : survivor);
			survivors.put(merge.absorbed(), merge.survivor());
		}
		survivors.entrySet().removeIf((entry) -> entry.getKey().equals(entry.getValue()));
		if (!survivors.isEmpty()) {
			this.rows.moveToSurvivors(merged.tenant(), survivors);
		}
	}

	@EventListener
	@Order(45)
	void on(ProfileErased erased) {
		erased.count("exposures", this.rows.anonymise(erased.tenant(), erased.profiles()));
	}

}
