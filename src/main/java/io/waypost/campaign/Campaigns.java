package io.waypost.campaign;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import io.waypost.access.InvalidRequest;
import io.waypost.campaign.CampaignProcess.CampaignSignal;
import io.waypost.campaign.brief.CampaignBriefValidator;
import io.waypost.campaign.content.CampaignContentRepository;
import io.waypost.campaign.reach.ReachEstimator;
import io.waypost.content.Template;
import io.waypost.delivery.CampaignSends;
import io.waypost.kernel.CampaignId;
import io.waypost.kernel.IdGenerator;
import io.waypost.kernel.Page;
import io.waypost.kernel.TenantId;
import io.waypost.ledger.Ledger;
import io.waypost.ledger.LedgerEntry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** What people do with campaigns: describe, launch, pause, resume, cancel, and look. */
@Component
public class Campaigns {

	private static final Logger log = LoggerFactory.getLogger(Campaigns.class);

	private static final String CANCELLED = "campaign_cancelled";

	private static final int MOST_ATTEMPTS = 8;

	private final CampaignBriefValidator briefs;

	private final CampaignRepository rows;

	private final CampaignContentRepository contents;

	private final CampaignProgressReader progress;

	private final ReachEstimator reach;

	private final CampaignProcess flow;

	private final CampaignSends sends;

	private final Ledger ledger;

	private final IdGenerator ids;

	private final Clock clock;

	private final TransactionTemplate transaction;

	Campaigns(CampaignBriefValidator briefs, CampaignRepository rows, CampaignContentRepository contents,
			CampaignProgressReader progress, ReachEstimator reach, CampaignProcess flow, CampaignSends sends,
			Ledger ledger, IdGenerator ids, Clock clock, TransactionTemplate transaction) {
		this.briefs = briefs;
		this.rows = rows;
		this.contents = contents;
		this.progress = progress;
		this.reach = reach;
		this.flow = flow;
		this.sends = sends;
		this.ledger = ledger;
		this.ids = ids;
		this.clock = clock;
		this.transaction = transaction;
	}

	/**
	 * Keeps a brief as a draft.
	 * @param tenant whose
	 * @param actor who, as the ledger shows it
	 * @param brief what is wanted
	 * @return the campaign
	 * @throws InvalidRequest naming everything that is wrong with the brief
	 */
	public Campaign create(TenantId tenant, String actor, CampaignBrief brief) {
		Template template = this.briefs.require(tenant, brief);
		Campaign campaign = new Campaign(new CampaignId(this.ids.next()), brief, template.topic(), CampaignStatus.DRAFT,
				null, null, this.briefs.count(tenant, brief), null, actor, this.clock.instant(), null, null);
		this.transaction.executeWithoutResult((status) -> {
			this.rows.insert(tenant, campaign);
			record(tenant, campaign.id(), "campaign.described", actor,
					Map.of("template", brief.template(), "segment", brief.segment()));
		});
		return campaign;
	}

	/**
	 * Keeps a brief given as plain texts, as the engine's own API brings it.
	 * @param tenant whose
	 * @param actor who, as the ledger shows it
	 * @param fields {@code name}, {@code goal}, {@code template}, {@code segment},
	 * {@code category}, {@code schedule}, {@code holdoutPercent}, {@code variants}
	 * (separated by commas), {@code metric}, {@code testPercent}, {@code testDuration};
	 * others are ignored
	 * @return the campaign
	 * @throws InvalidRequest naming everything that is wrong with the brief
	 */
	public Campaign create(TenantId tenant, String actor, Map<String, Object> fields) {
		return create(tenant, actor, CampaignRequest.of(fields));
	}

	/**
	 * Keeps a brief as a request brings it.
	 * @param tenant whose
	 * @param actor who, as the ledger shows it
	 * @param body what is wanted
	 * @return the campaign
	 * @throws InvalidRequest naming everything that is wrong with the brief
	 */
	public Campaign create(TenantId tenant, String actor, CampaignRequest body) {
		return create(tenant, actor, this.briefs.parse(body));
	}

	/**
	 * Notes that a process instance has taken a campaign up: one that a person started in
	 * the engine launches it by that.
	 * @param tenant whose
	 * @param actor who, as the ledger shows it
	 * @param id which
	 * @param processInstance the engine's id
	 * @throws InvalidRequest when another one has, or the brief of a draft does not hold
	 * any more
	 */
	public void attachProcess(TenantId tenant, String actor, CampaignId id, String processInstance) {
		Campaign campaign = require(tenant, id);
		if (campaign.status() == CampaignStatus.DRAFT) {
			this.briefs.require(tenant, campaign.brief());
			if (this.rows.launch(tenant, id, actor)) {
				record(tenant, id, "campaign.launched", actor, Map.of());
			}
		}
		if (!this.rows.assignProcess(tenant, id, processInstance)) {
			throw refused(tenant, id, "launched", "only a draft can be; POST a new brief to send once more");
		}
	}

	/**
	 * Begins a campaign: from here its course is that of {@code processes/campaign.bpmn}.
	 * @param tenant whose
	 * @param actor who, as the ledger shows it
	 * @param id which
	 * @throws InvalidRequest when it was launched before, or its brief does not hold any
	 * more
	 */
	public void launch(TenantId tenant, String actor, CampaignId id) {
		Campaign campaign = require(tenant, id);
		if (campaign.status() != CampaignStatus.DRAFT) {
			throw refused(tenant, id, "launched", "only a draft can be; POST a new brief to send once more");
		}
		this.briefs.require(tenant, campaign.brief());
		this.transaction.executeWithoutResult((status) -> {
			if (!this.rows.launch(tenant, id, actor)) {
				throw refused(tenant, id, "launched", "only a draft can be; POST a new brief to send once more");
			}
			record(tenant, id, "campaign.launched", actor, Map.of());
			this.flow.start(tenant, id);
		});
	}

	/**
	 * Lets nothing leave until the campaign is resumed. What a provider has already been
	 * handed is not called back.
	 * @param tenant whose
	 * @param actor who, as the ledger shows it
	 * @param id which
	 * @throws InvalidRequest when it is not under way
	 */
	public void pause(TenantId tenant, String actor, CampaignId id) {
		require(tenant, id);
		this.transaction.executeWithoutResult((status) -> {
			if (!this.rows.move(tenant, id, CampaignStatus.RUNNING, CampaignStatus.PAUSED, null)) {
				throw refused(tenant, id, "paused", "only one that is testing or sending can be");
			}
			this.sends.pause(tenant, id);
			record(tenant, id, "campaign.paused", actor, Map.of());
		});
	}

	/**
	 * Goes on where a pause began.
	 * @param tenant whose
	 * @param actor who, as the ledger shows it
	 * @param id which
	 * @throws InvalidRequest when it is not paused
	 */
	public void resume(TenantId tenant, String actor, CampaignId id) {
		require(tenant, id);
		withRetry(() -> {
			if (this.rows.resume(tenant, id).isEmpty()) {
				throw refused(tenant, id, "resumed", "only a paused one can be");
			}
			this.sends.resume(tenant, id);
			record(tenant, id, "campaign.resumed", actor, Map.of());
			this.flow.signal(tenant, id, CampaignSignal.RESUMED);
		});
	}

	/**
	 * Ends a campaign: what has not left is withheld.
	 * @param tenant whose
	 * @param actor who, as the ledger shows it
	 * @param id which
	 * @throws InvalidRequest when it has ended
	 */
	public void cancel(TenantId tenant, String actor, CampaignId id) {
		require(tenant, id);
		withRetry(() -> {
			if (!this.rows.move(tenant, id, CampaignRepository.openStatuses(), CampaignStatus.CANCELLED, "cancelled")) {
				throw refused(tenant, id, "cancelled", "it has ended already");
			}
			record(tenant, id, "campaign.cancelled", actor, Map.of());
			this.flow.signal(tenant, id, CampaignSignal.CANCELLED);
		});
		try {
			// In portions of its own: whatever is added from now on is withheld too
			this.sends.cancel(tenant, id, CANCELLED);
		}
		finally {
			// A chunk that counts as at work would have other campaigns wait for ever
			this.rows.clearPendingWork(tenant, id);
		}
	}

	/**
	 * Ends a campaign that has nothing left to do.
	 * @param tenant whose
	 * @param id which
	 */
	public void complete(TenantId tenant, CampaignId id) {
		if (this.rows.move(tenant, id, CampaignStatus.RUNNING, CampaignStatus.COMPLETED, null)) {
			record(tenant, id, "campaign.completed", "system", Map.of());
		}
	}

	/**
	 * Ends a campaign that wrote to nobody.
	 * @param tenant whose
	 * @param id which
	 * @param reason short code; null for the one that stands there
	 */
	public void fail(TenantId tenant, CampaignId id, @Nullable String reason) {
		String why = (reason != null) ? reason : require(tenant, id).reason();
		if (this.rows.move(tenant, id, CampaignRepository.openStatuses(), CampaignStatus.FAILED, why)) {
			record(tenant, id, "campaign.failed", "system", (why != null) ? Map.of("reason", why) : Map.of());
		}
	}

	/**
	 * Finds a campaign.
	 * @param tenant whose
	 * @param id which
	 * @return it, or empty
	 */
	public Optional<Campaign> find(TenantId tenant, CampaignId id) {
		return this.rows.find(tenant, id);
	}

	/**
	 * Lists campaigns, newest first.
	 * @param tenant whose
	 * @param limit how many at the most
	 * @param cursor from the page before, or null
	 * @return one page
	 */
	public Page<Campaign> list(TenantId tenant, int limit, @Nullable String cursor) {
		List<Campaign> found = this.rows.list(tenant, limit, (cursor != null) ? UUID.fromString(cursor) : null);
		return new Page<>(found, (found.size() == limit) ? found.getLast().id().toString() : null);
	}

	/**
	 * Tells how far a campaign is.
	 * @param tenant whose
	 * @param id which
	 * @return counts of people and chunks
	 * @throws InvalidRequest when there is no such campaign
	 */
	public CampaignProgress progress(TenantId tenant, CampaignId id) {
		return this.progress.of(tenant, require(tenant, id));
	}

	/**
	 * Lists the words of a campaign by archetype and variant.
	 * @param tenant whose
	 * @param id which
	 * @return none before they are written
	 */
	public List<CampaignContent> contents(TenantId tenant, CampaignId id) {
		return this.contents.of(tenant, id);
	}

	/**
	 * Estimates whom a campaign would reach now.
	 * @param tenant whose
	 * @param id which
	 * @return counts, estimated where the segment is large
	 * @throws InvalidRequest when there is no such campaign
	 */
	public CampaignReach reach(TenantId tenant, CampaignId id) {
		return this.reach.estimate(tenant, require(tenant, id));
	}

	/**
	 * Finds a campaign that must be there.
	 * @param tenant whose
	 * @param id which
	 * @return it
	 * @throws InvalidRequest when there is no such campaign
	 */
	public Campaign require(TenantId tenant, CampaignId id) {
		return find(tenant, id).orElseThrow(() -> InvalidRequest
			.notFound("There is no campaign '%s'; GET /api/v1/campaigns lists them".formatted(id)));
	}

	/** A step that is just at work is over in a moment. */
	private void withRetry(Runnable work) {
		for (int attempt = 1; attempt < MOST_ATTEMPTS; attempt++) {
			try {
				this.transaction.executeWithoutResult((status) -> work.run());
				return;
			}
			catch (OptimisticLockingFailureException atWork) {
				log.info("A campaign was at work; telling it again");
			}
		}
		this.transaction.executeWithoutResult((status) -> work.run());
	}

	private InvalidRequest refused(TenantId tenant, CampaignId id, String wanted, String wayOut) {
		CampaignStatus status = require(tenant, id).status();
		return InvalidRequest.conflict("Campaign '%s' is %s and cannot be %s: %s".formatted(id,
				CampaignRepository.name(status).replace('_', ' '), wanted, wayOut));
	}

	private void record(TenantId tenant, CampaignId id, String kind, String actor, Map<String, Object> facts) {
		this.ledger
			.record(List.of(new LedgerEntry(tenant, this.clock.instant(), kind, "campaign:" + id, actor, facts)));
	}

}
