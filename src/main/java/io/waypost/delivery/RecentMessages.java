package io.waypost.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.waypost.kernel.ProfileId;
import io.waypost.kernel.SendId;
import io.waypost.kernel.TenantId;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What people got lately, and who may count it in order to queue one more. */
@Component
class RecentMessages {

	private final JdbcClient jdbc;

	RecentMessages(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	void takeTurn(TenantId tenant, List<ProfileId> profiles) {
		this.jdbc.sql("""
				select pg_advisory_xact_lock(hashtextextended('delivery.turn/' || :tenant || '/' || profile, 0))
				from unnest(:profiles::text[]) as profile
				""")
			.param("tenant", tenant.value())
			.param("profiles", profiles.stream().map(ProfileId::toString).toArray(String[]::new))
			.query((row) -> {
			});
	}

	Map<ProfileId, RecentSends> count(TenantId tenant, Collection<ProfileId> profiles, Collection<SendId> own,
			Instant now) {
		Map<ProfileId, RecentSends> counts = new HashMap<>();
		this.jdbc.sql("""
				select profile_id, count(*) filter (where left_at >= :day) as day, count(*) as week
				from (
					select profile_id, case
							when status in ('queued', 'submitting', 'unknown') then :now::timestamptz
							when status = 'flagged' then updated_at
							when status not in ('withheld', 'dead', 'dropped') then coalesce(accepted_at, queued_at)
						end as left_at
					from delivery.send
					where tenant_id = :tenant and profile_id = any(:profiles::uuid[]) and journey <> :test
						and id <> all(:own::uuid[])
				) as message
				where left_at >= :week
				group by profile_id
				""")
			.param("tenant", tenant.value())
			.param("profiles", Columns.of(profiles, (profile) -> profile))
			.param("test", PlannedSend.TEST)
			.param("own", Columns.of(own, (id) -> id))
			.param("now", Columns.time(now))
			.param("day", Columns.time(now.minus(Duration.ofDays(1))))
			.param("week", Columns.time(now.minus(Duration.ofDays(7))))
			.query((row) -> {
				counts.put(new ProfileId(SendRows.uuid(row, "profile_id")),
						new RecentSends(row.getInt("day"), row.getInt("week")));
			});
		return counts;
	}

}
