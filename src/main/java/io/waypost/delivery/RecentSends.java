package io.waypost.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.waypost.database.AdvisoryLock;
import io.waypost.database.AdvisoryLocks;
import io.waypost.database.SqlArray;
import io.waypost.database.SqlTime;
import io.waypost.delivery.store.SendRowMapper;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.SendId;
import io.waypost.kernel.TenantId;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the recent messages of profiles: for frequency caps and for varied content. */
@Component
public class RecentSends {

	private final JdbcClient jdbc;

	private final AdvisoryLocks locks;

	public RecentSends(JdbcClient jdbc, AdvisoryLocks locks) {
		this.jdbc = jdbc;
		this.locks = locks;
	}

	/**
	 * Locks the frequency caps of profiles until the transaction ends.
	 * @param tenant tenant of the profiles
	 * @param profiles recipients, in any order
	 */
	public void lockFrequencyCap(TenantId tenant, Collection<ProfileId> profiles) {
		this.locks.lockAll(AdvisoryLock.PROFILE_FREQUENCY_CAP,
				profiles.stream().map((profile) -> AdvisoryLock.PROFILE_FREQUENCY_CAP.key(tenant, profile)).toList());
	}

	/**
	 * Reads what the recent messages of profiles were written with; shared content of
	 * campaigns and test sends do not count.
	 * @param tenant tenant of the profiles
	 * @param profiles recipients
	 * @param since only messages queued since then
	 * @return ids of the fragments by profile, for example {@code outline:lead}; profiles
	 * without messages are absent
	 */
	public Map<ProfileId, Set<String>> fragments(TenantId tenant, Collection<ProfileId> profiles, Instant since) {
		Map<ProfileId, Set<String>> fragments = new HashMap<>();
		this.jdbc.sql("""
				select profile_id, jsonb_array_elements_text(explanation -> 'variant' -> 'fragments') as fragment
				from delivery.send
				where tenant_id = :tenant and profile_id = any(:profiles::uuid[]) and queued_at >= :since
					and journey <> :test and jsonb_typeof(explanation -> 'variant' -> 'fragments') = 'array'
				""")
			.param("tenant", tenant.value())
			.param("profiles", SqlArray.uuids(profiles, (profile) -> profile.value()))
			.param("since", SqlTime.of(since))
			.param("test", SendRequest.TEST)
			.query((row) -> {
				fragments
					.computeIfAbsent(new ProfileId(SendRowMapper.uuid(row, "profile_id")), (profile) -> new HashSet<>())
					.add(row.getString("fragment"));
			});
		return fragments;
	}

	/**
	 * Counts messages that are queued, in progress or sent; test sends do not count.
	 * @param tenant tenant of the profiles
	 * @param profiles recipients
	 * @param now end of the period
	 * @return counts by profile; profiles without messages within seven days are absent
	 */
	public Map<ProfileId, RecentSendCounts> count(TenantId tenant, Collection<ProfileId> profiles, Instant now) {
		return count(tenant, profiles, List.of(), now);
	}

	/**
	 * Counts messages that are queued, in progress or sent; test sends do not count. A
	 * message that waits for its send time or for the end of a pause counts regardless of
	 * its waiting time, because it is sent later than the messages decided now. So no
	 * second check of the cap is needed at the claim. A message in review counts from the
	 * time at which it was flagged.
	 * @param tenant tenant of the profiles
	 * @param profiles recipients
	 * @param excluded sends that do not count
	 * @param now end of the period
	 * @return counts by profile; profiles without messages within seven days are absent
	 */

	public Map<ProfileId, RecentSendCounts> count(TenantId tenant, Collection<ProfileId> profiles,
			Collection<SendId> excluded, Instant now) {
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
						and id <> all(:excluded::uuid[])
				) as message
				where left_at >= :week
				group by profile_id
				""")
			.param("tenant", tenant.value())
			.param("profiles", SqlArray.uuids(profiles, (profile) -> profile.value()))
			.param("test", SendRequest.TEST)
			.param("excluded", SqlArray.uuids(excluded, (id) -> id.value()))
			.param("now", SqlTime.of(now))
			.param("day", SqlTime.of(now.minus(Duration.ofDays(1))))
			.param("week", SqlTime.of(now.minus(Duration.ofDays(7))))
			.query((row) -> {
				counts.put(new ProfileId(SendRowMapper.uuid(row, "profile_id")),
						new RecentSendCounts(row.getInt("day"), row.getInt("week")));
			});
		return counts;
	}

}
