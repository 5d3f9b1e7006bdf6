package io.waypost.delivery.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.waypost.delivery.RecentSendCounts;
import io.waypost.delivery.SendRequest;
import io.waypost.delivery.store.DeliveryColumns;
import io.waypost.delivery.store.SendRowMapper;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.SendId;
import io.waypost.kernel.TenantId;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What people got lately, and who may count it in order to queue one more. */
@Component
public class RecentSendRepository {

	private final JdbcClient jdbc;

	public RecentSendRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	public void lockFrequencyCap(TenantId tenant, List<ProfileId> profiles) {
		this.jdbc.sql("""
				select pg_advisory_xact_lock(hashtextextended('delivery.turn/' || :tenant || '/' || profile, 0))
				from unnest(:profiles::text[]) as profile
				""")
			.param("tenant", tenant.value())
			.param("profiles", profiles.stream().map(ProfileId::toString).toArray(String[]::new))
			.query((row) -> {
			});
	}

	public Map<ProfileId, RecentSendCounts> count(TenantId tenant, Collection<ProfileId> profiles,
			Collection<SendId> own, Instant now) {
		Map<ProfileId, RecentSendCounts> counts = new HashMap<>();
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
			.param("profiles", DeliveryColumns.of(profiles, (profile) -> profile))
			.param("test", SendRequest.TEST)
			.param("own", DeliveryColumns.of(own, (id) -> id))
			.param("now", DeliveryColumns.time(now))
			.param("day", DeliveryColumns.time(now.minus(Duration.ofDays(1))))
			.param("week", DeliveryColumns.time(now.minus(Duration.ofDays(7))))
			.query((row) -> {
				counts.put(new ProfileId(SendRowMapper.uuid(row, "profile_id")),
						new RecentSendCounts(row.getInt("day"), row.getInt("week")));
			});
		return counts;
	}

}
