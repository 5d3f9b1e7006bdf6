package io.waypost.campaign.chunk;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.waypost.kernel.CampaignId;
import io.waypost.kernel.TenantId;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Keeps frequency caps between campaigns. Whoever decides about a person counts what that
 * person got lately; of two who count at the same time neither sees what the other is
 * about to queue. The chunks of one campaign are about different people and may be
 * decided side by side; those of two campaigns must follow one another. So each chunk
 * takes a lock of its tenant, to be shared while no other campaign has chunks at work,
 * alone otherwise.
 *
 * <p>
 * Two chunks of different campaigns never share it while both are at work. A chunk's row
 * says {@code started} to everybody from a commit before its transaction begins until
 * that transaction commits. Say that both were told that nobody else is at work. Then
 * each has looked either before the other was started, or after the other had committed.
 * The first cannot be true of both, because each looks after it was started itself. So
 * one of them looked when the other had committed, and what it counts afterwards includes
 * the other's sends. In all other cases one of the two takes the lock alone, and whoever
 * gets it second counts after the first has committed.
 *
 * <p>
 * Chunks wait in the order of their coming: PostgreSQL lets no one share a lock past
 * somebody who waits for it. Nobody but chunks take it, as the first thing they lock; who
 * holds nothing while it waits cannot be a part of a circle.
 */
@Component
public class CampaignFrequencyCapLock {

	private final JdbcClient jdbc;

	private final MeterRegistry meters;

	CampaignFrequencyCapLock(JdbcClient jdbc, MeterRegistry meters) {
		this.jdbc = jdbc;
		this.meters = meters;
	}

	/**
	 * Waits until a started chunk of this campaign may count and decide; its turn ends
	 * with the transaction. Only statements that begin afterwards see what was decided
	 * before. To be called before anything else is locked.
	 */
	public void acquire(TenantId tenant, CampaignId campaign) {
		Timer.Sample wait = Timer.start(this.meters);
		boolean alone = isAnotherAtWork(tenant, campaign);
		String function = alone ? "pg_advisory_xact_lock" : "pg_advisory_xact_lock_shared";
		this.jdbc.sql("SELECT " + function + "(hashtext('campaign.turn'), hashtext(:tenant))")
			.param("tenant", tenant.value())
			.query((row) -> {
			});
		wait.stop(this.meters.timer("waypost.campaign.turn.wait", "outcome", alone ? "alone" : "shared"));
	}

	/** Looks on both sides of the campaign's own chunks, of which there may be many. */
	private boolean isAnotherAtWork(TenantId tenant, CampaignId campaign) {
		return this.jdbc.sql("""
				SELECT EXISTS (SELECT FROM campaign.chunk
						WHERE tenant_id = :tenant AND campaign_id < :campaign AND status = 'started')
					OR EXISTS (SELECT FROM campaign.chunk
						WHERE tenant_id = :tenant AND campaign_id > :campaign AND status = 'started')
				""").param("tenant", tenant.value()).param("campaign", campaign.value()).query(Boolean.class).single();
	}

}
