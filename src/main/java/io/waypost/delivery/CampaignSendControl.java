package io.waypost.delivery;

import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

import io.waypost.database.AdvisoryLock;
import io.waypost.database.AdvisoryLocks;
import io.waypost.database.SqlTime;
import io.waypost.delivery.queue.DispatchSignal;
import io.waypost.delivery.store.SendLedger;
import io.waypost.kernel.CampaignId;
import io.waypost.kernel.IdGenerator;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Pauses, resumes and cancels the sends of campaigns, and shows how far they are. A
 * cancellation works in batches, so that no transaction locks 100,000 rows.
 */
@Component
public class CampaignSendControl {

	private static final int CANCEL_BATCH = 2_000;

	/** Selects sends that are not submitted and not queued. */
	private static final String NOT_QUEUED = """
			target as (
				select s.id from delivery.send s
				where s.tenant_id = :tenant and s.run_id = :campaign and s.journey = 'campaign'
					and s.status in ('planned', 'deferred', 'cleared', 'flagged')
				limit :batch for update
			)""";

	/**
	 * Selects queued sends. Locks hints first and then their sends, in the same order as
	 * a claim.
	 */
	private static final String QUEUED = """
			taken as (
				delete from delivery.queue where ctid = any(array(select ctid from delivery.queue
					where tenant_id = :tenant and campaign_id = :campaign limit :batch for update))
				returning send_id
			), target as (
				select s.id from taken t join delivery.send s on s.id = t.send_id
				where s.tenant_id = :tenant and s.status = 'queued' for update of s
			)""";

	private final JdbcClient jdbc;

	private final TransactionTemplate transaction;

	private final AdvisoryLocks locks;

	private final SendLedger sendLedger;

	private final DispatchSignal signal;

	private final IdGenerator ids;

	private final Clock clock;

	public CampaignSendControl(JdbcClient jdbc, TransactionTemplate transaction, AdvisoryLocks locks,
			SendLedger sendLedger, DispatchSignal signal, IdGenerator ids, Clock clock) {
		this.jdbc = jdbc;
		this.transaction = transaction;
		this.locks = locks;
		this.sendLedger = sendLedger;
		this.signal = signal;
		this.ids = ids;
		this.clock = clock;
	}

	/**
	 * Pauses a campaign: its queued sends are no longer claimed. The duration does not
	 * depend on the number of sends. Running provider calls are completed.
	 * @param tenant tenant of the campaign
	 * @param campaign id of the campaign
	 */
	public void pause(TenantId tenant, CampaignId campaign) {
		savePause(tenant, campaign, null);
	}

	private void savePause(TenantId tenant, CampaignId campaign, @Nullable String reason) {
		this.jdbc.sql("""
				insert into delivery.campaign_pause as p (tenant_id, campaign_id, reason, paused_at)
				values (:tenant, :campaign, :reason, :now)
				on conflict (tenant_id, campaign_id) do update set reason = coalesce(p.reason, excluded.reason)
				""")
			.param("tenant", tenant.value())
			.param("campaign", campaign.value())
			.param("reason", reason)
			.param("now", SqlTime.of(this.clock.instant()))
			.update();
	}

	/**
	 * Resumes a paused campaign, unless it was cancelled.
	 * @param tenant tenant of the campaign
	 * @param campaign id of the campaign
	 */
	public void resume(TenantId tenant, CampaignId campaign) {
		this.jdbc.sql("""
				delete from delivery.campaign_pause
				where tenant_id = :tenant and campaign_id = :campaign and reason is null
				""").param("tenant", tenant.value()).param("campaign", campaign.value()).update();
		this.signal.raiseAfterCommit();
	}

	/**
	 * Cancels a campaign: sends that are not submitted are withheld, also those that are
	 * added later. Call it outside a transaction, because it works in several
	 * transactions.
	 * @param tenant tenant of the campaign
	 * @param campaign id of the campaign
	 * @param reason short code, for example {@code campaign_cancelled}
	 * @return number of withheld sends
	 */
	public int cancel(TenantId tenant, CampaignId campaign, String reason) {
		this.transaction.executeWithoutResult((status) -> {
			this.locks.lock(AdvisoryLock.CAMPAIGN_SENDS, tenant, campaign);
			savePause(tenant, campaign, reason);
		});
		String effective = cancellation(tenant, campaign).orElse(reason);
		return withhold(tenant, campaign, QUEUED, effective) + withhold(tenant, campaign, NOT_QUEUED, effective);
	}

	private int withhold(TenantId tenant, CampaignId campaign, String selection, String reason) {
		int withheld = 0;
		List<String> batch;
		do {
			batch = Objects.requireNonNull(
					this.transaction.execute((status) -> withholdBatch(tenant, campaign, selection, reason)));
			withheld += batch.size();
		}
		while (!batch.isEmpty());
		return withheld;
	}

	private List<String> withholdBatch(TenantId tenant, CampaignId campaign, String selection, String reason) {
		UUID record = this.ids.next();
		List<String> withheld = this.jdbc.sql("""
				with %s
				update delivery.send s
				set status = 'withheld', reason = :reason, ready_at = null, deferred_until = null,
					ledger_entries = s.ledger_entries || :record::uuid, updated_at = :now
				from target where s.tenant_id = :tenant and s.id = target.id
				returning s.id
				""".formatted(selection))
			.param("tenant", tenant.value())
			.param("campaign", campaign.value())
			.param("batch", CANCEL_BATCH)
			.param("reason", reason)
			.param("record", record)
			.param("now", SqlTime.of(this.clock.instant()))
			.query(String.class)
			.list();
		this.sendLedger.record(tenant, "sends.withheld", record,
				withheld.isEmpty() ? Map.of() : Map.of(reason, withheld), Map.of("campaign", campaign.toString()));
		return withheld;
	}

	/**
	 * Returns whether sends of a campaign are still to be submitted or answered. Fast
	 * while sends are queued, regardless of the campaign's size.
	 * @param tenant tenant of the campaign
	 * @param campaign id of the campaign
	 * @return false when every send is finished or deferred
	 */
	public boolean isInProgress(TenantId tenant, CampaignId campaign) {
		return this.jdbc
			.sql("""
					select case
						when exists (select from delivery.queue where tenant_id = :tenant and campaign_id = :campaign) then true
						else exists (select from delivery.send
							where tenant_id = :tenant and run_id = :campaign and journey = 'campaign'
								and status in ('planned', 'cleared', 'queued', 'submitting', 'unknown'))
					end
					""")
			.param("tenant", tenant.value())
			.param("campaign", campaign.value())
			.query(Boolean.class)
			.single();
	}

	/**
	 * Counts the sends of a campaign by status and reason.
	 * @param tenant tenant of the campaign
	 * @param campaign id of the campaign
	 * @return counts by status and reason; the reason is empty when there is none
	 */
	public Map<SendStatus, Map<String, Long>> countByStatus(TenantId tenant, CampaignId campaign) {
		Map<SendStatus, Map<String, Long>> counts = new EnumMap<>(SendStatus.class);
		this.jdbc.sql("""
				select status, coalesce(reason, '') as reason, count(*) as sends from delivery.send
				where tenant_id = :tenant and run_id = :campaign and journey = 'campaign'
				group by 1, 2
				""").param("tenant", tenant.value()).param("campaign", campaign.value()).query((row) -> {
			counts.computeIfAbsent(SendStatus.of(row.getString("status")), (status) -> new TreeMap<>())
				.put(row.getString("reason"), row.getLong("sends"));
		});
		return counts;
	}

	/** Returns the reason of a cancellation. */
	Optional<String> cancellation(TenantId tenant, CampaignId campaign) {
		return this.jdbc.sql("""
				select reason from delivery.campaign_pause
				where tenant_id = :tenant and campaign_id = :campaign and reason is not null
				""").param("tenant", tenant.value()).param("campaign", campaign.value()).query(String.class).optional();
	}

}
