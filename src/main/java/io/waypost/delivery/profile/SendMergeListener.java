package io.waypost.delivery.profile;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.waypost.database.SqlArray;
import io.waypost.database.SqlTime;
import io.waypost.delivery.SendStateMachine;
import io.waypost.delivery.SendStatus;
import io.waypost.identity.ProfilesMerged;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import io.waypost.ledger.Ledger;
import io.waypost.ledger.LedgerEntry;

import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Moves sends to the surviving profile of a merge. Runs before consents are moved,
 * because a claim locks sends first and consents second; the opposite order can deadlock.
 */
@Component
class SendMergeListener {

	private final JdbcClient jdbc;

	private final Ledger ledger;

	private final Clock clock;

	SendMergeListener(JdbcClient jdbc, Ledger ledger, Clock clock) {
		this.jdbc = jdbc;
		this.ledger = ledger;
		this.clock = clock;
	}

	@EventListener
	@Order(35)
	void on(ProfilesMerged merged) {
		Instant now = this.clock.instant();
		this.ledger.record(move(merged.tenant(), List.copyOf(merged.survivors().entrySet()), now).stream()
			.map((send) -> new LedgerEntry(merged.tenant(), now, "send.withheld", "send:" + send, "system",
					Map.of("reason", "merged")))
			.toList());
	}

	/**
	 * Moves the sends. Both profiles may have a send of one campaign, but a profile has
	 * one send for each step of a run. A send that was submitted or decided takes
	 * precedence, then the survivor's own send. The others are withheld and get a unique
	 * step.
	 */
	private List<UUID> move(TenantId tenant, List<Map.Entry<ProfileId, ProfileId>> moves, Instant now) {
		return this.jdbc
			.sql("""
					with move as (
						select * from unnest(:absorbed::uuid[], :survivors::uuid[]) as m(person, survivor)
					), ranked as (
						select s.id, p.survivor, s.profile_id = p.survivor as own, s.status = any(:waiting::text[]) as waiting,
							row_number() over (same order by s.status = any(:waiting::text[]), s.profile_id <> p.survivor, s.id)
								as rank,
							row_number() over (same order by s.profile_id <> p.survivor, s.id) as position
						from (select * from move union select survivor, survivor from move) p
						join delivery.send s on s.tenant_id = :tenant and s.profile_id = p.person
						window same as (partition by p.survivor, s.run_id, s.step)
					), moved as (
						update delivery.send s
						set profile_id = r.survivor,
							step = case when r.position > 1 then s.step || '/' || s.id else s.step end,
							status = case when r.rank > 1 and r.waiting then 'withheld' else s.status end,
							reason = case when r.rank > 1 and r.waiting then 'merged' else s.reason end,
							ready_at = case when r.rank > 1 and r.waiting then null else s.ready_at end,
							deferred_until = case when r.rank > 1 and r.waiting then null else s.deferred_until end,
							updated_at = case when r.rank > 1 and r.waiting then :now else s.updated_at end
						from ranked r
						where s.tenant_id = :tenant and s.id = r.id and (not r.own or (r.rank > 1 and r.waiting))
						returning s.id, r.rank > 1 and r.waiting as withheld
					)
					select id from moved where withheld
					""")
			.param("tenant", tenant.value())
			.param("absorbed", SqlArray.uuids(moves, (row) -> row.getKey().value()))
			.param("survivors", SqlArray.uuids(moves, (row) -> row.getValue().value()))
			.param("waiting", SqlArray.texts(SendStateMachine.sources(SendStatus.WITHHELD), SendStatus::key))
			.param("now", SqlTime.of(now))
			.query(UUID.class)
			.list();
	}

}
