package io.waypost.experiment.measure;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Exposures of people, rather than of trials. */
@Component
public class ExposureRepository {

	private final JdbcClient jdbc;

	public ExposureRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * What one person was exposed to, as they may see it.
	 *
	 * @param experiment its name
	 * @param arm what they got, or did not get
	 * @param role as what they counted
	 * @param exposedAt when
	 * @param clickedAt when they clicked
	 * @param boughtAt when they bought
	 * @param unsubscribedAt when they unsubscribed
	 * @param revenue what they spent in the window
	 */
	public record Participation(String experiment, String arm, String role, Instant exposedAt,
			@Nullable Instant clickedAt, @Nullable Instant boughtAt, @Nullable Instant unsubscribedAt, double revenue) {

	}

	/**
	 * The survivor of a merge keeps the earlier of two exposures to one trial, with its
	 * outcomes: what the other one was sent came second. A chain of merges is told as its
	 * end: absorbed profile to final survivor.
	 */
	void moveToSurvivors(TenantId tenant, Map<ProfileId, ProfileId> survivors) {
		List<Map.Entry<ProfileId, ProfileId>> moves = List.copyOf(survivors.entrySet());
		this.jdbc
			.sql("""
					with move as (
						select * from unnest(:absorbed::uuid[], :survivors::uuid[]) as m(absorbed, survivor)
					), moved as (
						delete from experiment.exposure e using move m
						where e.profile_id = m.absorbed and e.tenant_id = :tenant
						returning m.survivor, e.*
					)
					insert into experiment.exposure as kept (tenant_id, trial_id, profile_id, role, arm, send_id, exposed_at,
						matures_at, currency, spent_before, clicked_at, bought_at, unsubscribed_at, complained_at, bounced_at,
						revenue)
					select distinct on (survivor, trial_id) tenant_id, trial_id, survivor, role, arm, send_id, exposed_at,
						matures_at, currency, spent_before, clicked_at, bought_at, unsubscribed_at, complained_at, bounced_at,
						revenue
					from moved order by survivor, trial_id, exposed_at
					on conflict (profile_id, trial_id, tenant_id) do update
					set role = excluded.role, arm = excluded.arm, send_id = excluded.send_id, exposed_at = excluded.exposed_at,
						matures_at = excluded.matures_at, currency = excluded.currency, spent_before = excluded.spent_before,
						clicked_at = excluded.clicked_at, bought_at = excluded.bought_at,
						unsubscribed_at = excluded.unsubscribed_at, complained_at = excluded.complained_at,
						bounced_at = excluded.bounced_at, revenue = excluded.revenue
					where excluded.exposed_at < kept.exposed_at
					""")
			.param("tenant", tenant.value())
			.param("absorbed", moves.stream().map((move) -> move.getKey().toString()).toArray(String[]::new))
			.param("survivors", moves.stream().map((move) -> move.getValue().toString()).toArray(String[]::new))
			.update();
	}

	/**
	 * Cuts the thread between people and what they were exposed to. The bare numbers
	 * stay: people who leave because of an arm must go on counting against it.
	 * @return how many exposures
	 */
	public int anonymise(TenantId tenant, List<ProfileId> profiles) {
		return this.jdbc.sql("""
				update experiment.exposure set profile_id = gen_random_uuid(), send_id = null, spent_before = null
				where tenant_id = :tenant and profile_id = any(:profiles::uuid[])
				""")
			.param("tenant", tenant.value())
			.param("profiles", profiles.stream().map(ProfileId::toString).toArray(String[]::new))
			.update();
	}

	void forEachParticipation(TenantId tenant, ProfileId profile, Consumer<Object> sink) {
		this.jdbc.sql("""
				select t.key, e.* from experiment.exposure e
				join experiment.trial t on t.tenant_id = e.tenant_id and t.id = e.trial_id
				where e.tenant_id = ? and e.profile_id = ? order by e.exposed_at
				""").params(tenant.value(), profile.value()).query((row) -> {
			sink.accept(new Participation(row.getString("key"), row.getString("arm"), row.getString("role"),
					row.getTimestamp("exposed_at").toInstant(), time(row, "clicked_at"), time(row, "bought_at"),
					time(row, "unsubscribed_at"), row.getDouble("revenue")));
		});
	}

	private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
		Timestamp time = row.getTimestamp(column);
		return (time != null) ? time.toInstant() : null;
	}

}
