package io.waypost.delivery;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.waypost.identity.ProfilesMerged;
import io.waypost.kernel.ProfileId;

import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Sends follow the person they were meant for. They are moved before the consents are: a
 * claim locks sends first and consents second, and whoever does it the other way round
 * can deadlock with it.
 */
@Component
class MergeListener {

	private final JdbcClient jdbc;

	MergeListener(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	@EventListener
	@Order(35)
	void on(ProfilesMerged merged) {
		List<Map.Entry<ProfileId, ProfileId>> moves = List.copyOf(survivors(merged.merges()).entrySet());
		this.jdbc.sql("""
				update delivery.send s set profile_id = m.survivor
				from unnest(:absorbed::uuid[], :survivors::uuid[]) as m(absorbed, survivor)
				where s.tenant_id = :tenant and s.profile_id = m.absorbed
				""")
			.param("tenant", merged.tenant().value())
			.param("absorbed", Columns.of(moves, Map.Entry::getKey))
			.param("survivors", Columns.of(moves, Map.Entry::getValue))
			.update();
	}

	/** A survivor may be absorbed by a later merge: whoever is left takes all. */
	static Map<ProfileId, ProfileId> survivors(List<ProfilesMerged.Merge> merges) {
		Map<ProfileId, ProfileId> survivors = new HashMap<>();
		for (ProfilesMerged.Merge merge : merges) {
			survivors
				.replaceAll((absorbed, survivor) -> survivor.equals(merge.absorbed()) ? merge.survivor() : survivor);
			survivors.put(merge.absorbed(), merge.survivor());
		}
		return survivors;
	}

}
