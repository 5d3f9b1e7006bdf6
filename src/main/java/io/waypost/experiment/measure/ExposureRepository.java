package io.waypost.experiment.measure;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.waypost.database.SqlArray;
import io.waypost.database.SqlTime;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** SQL access to the exposures of a person, for export, merge and erasure. */
@Component
class ExposureRepository {

	private final JdbcClient jdbc;

	ExposureRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * A person's exposure, as exported to the person.
	 *
	 * @param experiment key of the experiment
	 * @param arm the arm they got, or did not get if held out
	 * @param role how they are counted
	 * @param exposedAt time of the exposure
	 * @param clickedAt first click, null if none
	 * @param boughtAt first order, null if none
	 * @param unsubscribedAt unsubscribe, null if none
	 * @param revenue their revenue in the conversion window
	 */
	record Participation(String experiment, String arm, String role, Instant exposedAt, @Nullable Instant clickedAt,
			@Nullable Instant boughtAt, @Nullable Instant unsubscribedAt, double revenue) {

	}

	/**
	 * Moves exposures of absorbed profiles to their survivors. Of two exposures to one
	 * phase the earlier is kept with its outcomes.
	 * @param survivors absorbed profile to final survivor; chains are already resolved
	 */
	void moveToSurvivors(TenantId tenant, Map<ProfileId, ProfileId> survivors) {
		List<Map.Entry<ProfileId, ProfileId>> moves = List.copyOf(survivors.entrySet());
		this.jdbc
			.sql("""
					with move as (
						select * from unnest(:absorbed, :survivors) as m(absorbed, survivor)
					), moved as (
						delete from experiment.exposure e using move m
						where e.profile_id = m.absorbed and e.tenant_id = :tenant
						returning m.survivor, e.*
					)
					insert into experiment.exposure as kept (tenant_id, phase_id, profile_id, role, arm, send_id, exposed_at,
						matures_at, currency, spent_before, clicked_at, bought_at, unsubscribed_at, complained_at, bounced_at,
						revenue)
					select distinct on (survivor, phase_id) tenant_id, phase_id, survivor, role, arm, send_id, exposed_at,
						matures_at, currency, spent_before, clicked_at, bought_at, unsubscribed_at, complained_at, bounced_at,
						revenue
					from moved order by survivor, phase_id, exposed_at
					on conflict (profile_id, phase_id, tenant_id) do update
					set role = excluded.role, arm = excluded.arm, send_id = excluded.send_id, exposed_at = excluded.exposed_at,
						matures_at = excluded.matures_at, currency = excluded.currency, spent_before = excluded.spent_before,
						clicked_at = excluded.clicked_at, bought_at = excluded.bought_at,
						unsubscribed_at = excluded.unsubscribed_at, complained_at = excluded.complained_at,
						bounced_at = excluded.bounced_at, revenue = excluded.revenue
					where excluded.exposed_at < kept.exposed_at
					""")
			.param("tenant", tenant.value())
			.param("absorbed", SqlArray.uuids(moves, (move) -> move.getKey().value()))
			.param("survivors", SqlArray.uuids(moves, (move) -> move.getValue().value()))
			.update();
	}

	/**
	 * Removes the link between exposures and people. The counts stay: people who leave
	 * because of an arm must still count against it.
	 * @return number of exposures
	 */
	int anonymise(TenantId tenant, List<ProfileId> profiles) {
		return this.jdbc.sql("""
				update experiment.exposure set profile_id = gen_random_uuid(), send_id = null, spent_before = null
				where tenant_id = :tenant and profile_id = any(:profiles)
				""")
			.param("tenant", tenant.value())
			.param("profiles", SqlArray.uuids(profiles, ProfileId::value))
			.update();
	}

	/** Passes each exposure of a person to the consumer, oldest first. */
	void forEachParticipation(TenantId tenant, ProfileId profile, Consumer<Object> consumer) {
		this.jdbc.sql("""
				select p.key, e.* from experiment.exposure e
				join experiment.phase p on p.tenant_id = e.tenant_id and p.id = e.phase_id
				where e.tenant_id = ? and e.profile_id = ? order by e.exposed_at
				""").params(tenant.value(), profile.value()).query((row) -> {
			consumer.accept(new Participation(row.getString("key"), row.getString("arm"), row.getString("role"),
					SqlTime.read(row, "exposed_at"), SqlTime.readNullable(row, "clicked_at"),
					SqlTime.readNullable(row, "bought_at"), SqlTime.readNullable(row, "unsubscribed_at"),
					row.getDouble("revenue")));
		});
	}

}
