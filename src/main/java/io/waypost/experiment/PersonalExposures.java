package io.waypost.experiment;

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
class PersonalExposures implements PersonalRecords {

	private final ExposureRows rows;

	PersonalExposures(ExposureRows rows) {
		this.rows = rows;
	}

	@Override
	public String section() {
		return "experiments";
	}

	@Override
	public void read(TenantId tenant, ProfileId profile, Consumer<Object> sink) {
		this.rows.read(tenant, profile, sink);
	}

	@EventListener
	@Order(45)
	void on(ProfilesMerged merged) {
		Map<ProfileId, ProfileId> survivors = new HashMap<>();
		for (ProfilesMerged.Merge merge : merged.merges()) {
			survivors
				.replaceAll((absorbed, survivor) -> survivor.equals(merge.absorbed()) ? merge.survivor() : survivor);
			survivors.put(merge.absorbed(), merge.survivor());
		}
		survivors.entrySet().removeIf((entry) -> entry.getKey().equals(entry.getValue()));
		if (!survivors.isEmpty()) {
			this.rows.follow(merged.tenant(), survivors);
		}
	}

	@EventListener
	@Order(45)
	void on(ProfileErased erased) {
		erased.count("exposures", this.rows.forget(erased.tenant(), erased.profiles()));
	}

}
