package io.waypost.delivery.profile;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.waypost.delivery.SendStateMachine;
import io.waypost.delivery.SendStatus;
import io.waypost.delivery.store.DeliveryColumns;
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
 * Sends follow the person they were meant for. They are moved before the consents are: a
 * claim locks sends first and consents second, and whoever does it the other way round
 * can deadlock with it.
 */
@Component
public class SendMergeListener {

	private final JdbcClient jdbc;

	private final Ledger ledger;

	private final Clock clock;

	public SendMergeListener(JdbcClient jdbc, Ledger ledger, Clock clock) {
		this.jdbc = jdbc;
		this.ledger = ledger;
		this.clock = clock;
	}

	@EventListener
	@Order(35)
	public void on(ProfilesMerged merged) {
		Instant now = this.clock.instant();
		this.ledger.record(move(merged.tenant(), List.copyOf(survivors(merged.merges()).entrySet()), now).stream()
			.map((send) -> new LedgerEntry(merged.tenant(), now, "send.withheld", "send:" + send, "system",
					Map.of("reason", "merged")))
			.toList());
	}

	/**
	 * Two who turn out to be one may both be in a campaign. What has left, or was
	 * decided, counts; else the survivor's send does. The others are withheld, under a
	 * step of their own, for a person has one send for each step of a run.
	 */
	private List<UUID> move(TenantId tenant, List<Map.Entry<ProfileId, ProfileId>> moves, Instant now) {
		return this.jdbc
			.sql("""
					with move as (
						select * from unnest(:absorbed::uuid[], :survivors::uuid[]) as m(person, survivor)
					), ranked as (
						select s.id, p.survivor, s.profile_id = p.survivor as own, s.status = any(:waiting::text[]) as waits,
							row_number() over (same order by s.status = any(:waiting::text[]), s.profile_id <> p.survivor, s.id)
								as rank,
							row_number() over (same order by s.profile_id <> p.survivor, s.id) as place
						from (select * from move union select survivor, survivor from move) p
						join delivery.send s on s.tenant_id = :tenant and s.profile_id = p.person
						window same as (partition by p.survivor, s.run_id, s.step)
					), moved as (
						update delivery.send s
						set profile_id = r.survivor,
							step = case when r.place > 1 then s.step || '/' || s.id else s.step end,
							status = case when r.rank > 1 and r.waits then 'withheld' else s.status end,
							reason = case when r.rank > 1 and r.waits then 'merged' else s.reason end,
							ready_at = case when r.rank > 1 and r.waits then null else s.ready_at end,
							deferred_until = case when r.rank > 1 and r.waits then null else s.deferred_until end,
							updated_at = case when r.rank > 1 and r.waits then :now else s.updated_at end
						from ranked r
						where s.tenant_id = :tenant and s.id = r.id and (not r.own or (r.rank > 1 and r.waits))
						returning s.id, r.rank > 1 and r.waits as stopped
					)
					select id from moved where stopped
					""")
			.param("tenant", tenant.value())
			.param("absorbed", DeliveryColumns.of(moves, Map.Entry::getKey))
			.param("survivors", DeliveryColumns.of(moves, Map.Entry::getValue))
			.param("waiting", DeliveryColumns.of(SendStateMachine.sources(SendStatus.WITHHELD), DeliveryColumns::name))
			.param("now", DeliveryColumns.time(now))
			.query(UUID.class)
			.list();
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
