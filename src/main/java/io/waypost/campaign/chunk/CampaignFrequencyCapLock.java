package io.waypost.campaign.chunk;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.waypost.database.AdvisoryLock;
import io.waypost.database.AdvisoryLocks;
import io.waypost.kernel.CampaignId;
import io.waypost.kernel.TenantId;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Enforces frequency caps across concurrent campaigns. The decision about a recipient
 * counts the recipient's recent sends; two concurrent decisions do not see each other's
 * sends. Chunks of one campaign have different recipients and may run concurrently,
 * chunks of different campaigns must not. Each chunk therefore takes an advisory lock of
 * its tenant: shared while no other campaign has started chunks, exclusive otherwise.
 *
 * <p>
 * Two chunks of different campaigns never hold the shared lock at the same time. The
 * status {@code started} of a chunk is committed before its transaction begins and ends
 * with that transaction. Suppose both chunks found no other started chunk. Then each of
 * them checked either before the other was started or after the other had committed. The
 * former cannot hold for both, because each checks after its own start. So one of them
 * checked after the other had committed, and its counts include the other's sends. In all
 * other cases one of them takes the exclusive lock, and the second one counts after the
 * first has committed.
 *
 * <p>
 * PostgreSQL grants the lock in the order of requests, so an exclusive request is not
 * overtaken by shared ones. Chunks take this lock before any other, so waiting for it
 * cannot cause a deadlock.
 */
@Component
public class CampaignFrequencyCapLock {

	private final JdbcClient jdbc;

	private final AdvisoryLocks locks;

	private final MeterRegistry meters;

	CampaignFrequencyCapLock(JdbcClient jdbc, AdvisoryLocks locks, MeterRegistry meters) {
		this.jdbc = jdbc;
		this.locks = locks;
		this.meters = meters;
	}

	/**
	 * Waits until a started chunk of a campaign may count and decide. The lock is
	 * released when the transaction ends. Call it before any other lock is taken: only
	 * later statements see the sends of other campaigns.
	 */
	public void acquire(TenantId tenant, CampaignId campaign) {
		Timer.Sample wait = Timer.start(this.meters);
		boolean exclusive = hasOtherStartedChunks(tenant, campaign);
		if (exclusive) {
			this.locks.lock(AdvisoryLock.CAMPAIGN_FREQUENCY_CAP, tenant);
		}
		else {
			this.locks.lockShared(AdvisoryLock.CAMPAIGN_FREQUENCY_CAP, tenant);
		}
		wait.stop(this.meters.timer("waypost.campaign.cap.lock.wait", "outcome", exclusive ? "exclusive" : "shared"));
	}

	/**
	 * Searches the index on both sides of the campaign's own chunks, which may be many.
	 */
	private boolean hasOtherStartedChunks(TenantId tenant, CampaignId campaign) {
		return this.jdbc.sql("""
				SELECT EXISTS (SELECT FROM campaign.chunk
						WHERE tenant_id = :tenant AND campaign_id < :campaign AND status = 'started')
					OR EXISTS (SELECT FROM campaign.chunk
						WHERE tenant_id = :tenant AND campaign_id > :campaign AND status = 'started')
				""").param("tenant", tenant.value()).param("campaign", campaign.value()).query(Boolean.class).single();
	}

}
