package io.waypost.campaign;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import io.waypost.access.InvalidRequestException;
import io.waypost.campaign.CampaignProcess.CampaignSignal;
import io.waypost.campaign.brief.CampaignBriefValidator;
import io.waypost.campaign.content.CampaignContentRepository;
import io.waypost.campaign.reach.ReachEstimator;
import io.waypost.content.Template;
import io.waypost.delivery.CampaignSendControl;
import io.waypost.kernel.CampaignId;
import io.waypost.kernel.Cursor;
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

/** Creates, launches, pauses, resumes, cancels and reads campaigns. */
@Component
public class Campaigns {

	private static final Logger log = LoggerFactory.getLogger(Campaigns.class);

	private static final String CANCELLED = "campaign_cancelled";

	private static final int MAX_ATTEMPTS = 8;

	private final CampaignBriefValidator briefValidator;

	private final CampaignRepository campaignRepository;

	private final CampaignContentRepository contents;

	private final CampaignProgressReader progress;

	private final ReachEstimator reachEstimator;

	private final CampaignProcess process;

	private final CampaignSendControl sends;

	private final Ledger ledger;

	private final IdGenerator ids;

	private final Clock clock;

	private final TransactionTemplate transaction;

	Campaigns(CampaignBriefValidator briefValidator, CampaignRepository campaignRepository,
			CampaignContentRepository contents, CampaignProgressReader progress, ReachEstimator reachEstimator,
			CampaignProcess process, CampaignSendControl sends, Ledger ledger, IdGenerator ids, Clock clock,
			TransactionTemplate transaction) {
		this.briefValidator = briefValidator;
		this.campaignRepository = campaignRepository;
		this.contents = contents;
		this.progress = progress;
		this.reachEstimator = reachEstimator;
		this.process = process;
		this.sends = sends;
		this.ledger = ledger;
		this.ids = ids;
		this.clock = clock;
		this.transaction = transaction;
	}

	/**
	 * Creates a draft from a brief.
	 * @param tenant the tenant
	 * @param actor the user, as recorded in the ledger
	 * @param brief the brief
	 * @return the campaign
	 * @throws InvalidRequestException with every violation
	 */
	public Campaign create(TenantId tenant, String actor, CampaignBrief brief) {
		Template template = this.briefValidator.require(tenant, brief);
		Campaign campaign = new Campaign(new CampaignId(this.ids.next()), brief, template.topic(), CampaignStatus.DRAFT,
				null, null, this.briefValidator.count(tenant, brief), null, actor, this.clock.instant(), null, null);
		this.transaction.executeWithoutResult((status) -> {
			this.campaignRepository.insert(tenant, campaign);
			record(tenant, campaign.id(), "campaign.described", actor,
					Map.of("template", brief.template(), "segment", brief.segment()));
		});
		return campaign;
	}

	/**
	 * Creates a draft from flat fields, the variables of a process instance.
	 * @param tenant the tenant
	 * @param actor the user, as recorded in the ledger
	 * @param fields {@code name}, {@code goal}, {@code template}, {@code segment},
	 * {@code category}, {@code schedule}, {@code holdoutPercent}, {@code variants}
	 * (separated by commas), {@code metric}, {@code testPercent}, {@code testDuration},
	 * {@code reactionWindow}, {@code bestHourWithin}, {@code offer}; others are refused
	 * @return the campaign
	 * @throws InvalidRequestException naming everything that is wrong with the brief
	 */
	public Campaign create(TenantId tenant, String actor, Map<String, Object> fields) {
		return create(tenant, actor, CampaignRequest.of(fields));
	}

	/**
	 * Creates a draft from a request.
	 * @param tenant the tenant
	 * @param actor the user, as recorded in the ledger
	 * @param body the request
	 * @return the campaign
	 * @throws InvalidRequestException naming everything that is wrong with the brief
	 */
	public Campaign create(TenantId tenant, String actor, CampaignRequest body) {
		return create(tenant, actor, this.briefValidator.parse(body));
	}

	/**
	 * Assigns a process instance to a campaign. An instance that a user started in the
	 * engine launches a draft.
	 * @param tenant the tenant
	 * @param actor the user, as recorded in the ledger
	 * @param id id of the campaign
	 * @param processInstance id of the process instance
	 * @throws InvalidRequestException when the campaign has another process instance, or
	 * the brief of a draft is no longer valid
	 */
	public void attachProcess(TenantId tenant, String actor, CampaignId id, String processInstance) {
		Campaign campaign = require(tenant, id);
		if (campaign.status() == CampaignStatus.DRAFT) {
			this.briefValidator.requireLaunchable(tenant, campaign.brief());
			if (this.campaignRepository.launch(tenant, id, actor)) {
				record(tenant, id, "campaign.launched", actor, Map.of());
			}
		}
		if (!this.campaignRepository.assignProcess(tenant, id, processInstance)) {
			throw refused(tenant, id, "launched", "only a draft can be launched; POST a new brief to send again");
		}
	}

	/**
	 * Launches a campaign: starts the process {@code processes/campaign.bpmn}.
	 * @param tenant the tenant
	 * @param actor the user, as recorded in the ledger
	 * @param id id of the campaign
	 * @throws InvalidRequestException when it was launched before, or its brief is no
	 * longer valid
	 */
	public void launch(TenantId tenant, String actor, CampaignId id) {
		Campaign campaign = require(tenant, id);
		if (campaign.status() != CampaignStatus.DRAFT) {
			throw refused(tenant, id, "launched", "only a draft can be launched; POST a new brief to send again");
		}
		this.briefValidator.requireLaunchable(tenant, campaign.brief());
		this.transaction.executeWithoutResult((status) -> {
			if (!this.campaignRepository.launch(tenant, id, actor)) {
				throw refused(tenant, id, "launched", "only a draft can be launched; POST a new brief to send again");
			}
			record(tenant, id, "campaign.launched", actor, Map.of());
			this.process.start(tenant, id);
		});
	}

	/**
	 * Pauses a campaign. Messages that were handed to a provider cannot be recalled.
	 * @param tenant the tenant
	 * @param actor the user, as recorded in the ledger
	 * @param id id of the campaign
	 * @throws InvalidRequestException when it is neither testing nor sending
	 */
	public void pause(TenantId tenant, String actor, CampaignId id) {
		require(tenant, id);
		this.transaction.executeWithoutResult((status) -> {
			if (!this.campaignRepository.move(tenant, id, CampaignStatus.RUNNING, CampaignStatus.PAUSED, null)) {
				throw refused(tenant, id, "paused", "only a campaign that is testing or sending can be paused");
			}
			this.sends.pause(tenant, id);
			record(tenant, id, "campaign.paused", actor, Map.of());
		});
	}

	/**
	 * Resumes a paused campaign.
	 * @param tenant the tenant
	 * @param actor the user, as recorded in the ledger
	 * @param id id of the campaign
	 * @throws InvalidRequestException when it is not paused
	 */
	public void resume(TenantId tenant, String actor, CampaignId id) {
		require(tenant, id);
		withRetry(() -> {
			if (this.campaignRepository.resume(tenant, id).isEmpty()) {
				throw refused(tenant, id, "resumed", "only a paused campaign can be resumed");
			}
			this.sends.resume(tenant, id);
			record(tenant, id, "campaign.resumed", actor, Map.of());
			this.process.signal(tenant, id, CampaignSignal.RESUMED);
		});
	}

	/**
	 * Cancels a campaign; sends that have not left are withheld.
	 * @param tenant the tenant
	 * @param actor the user, as recorded in the ledger
	 * @param id id of the campaign
	 * @throws InvalidRequestException when it has ended
	 */
	public void cancel(TenantId tenant, String actor, CampaignId id) {
		require(tenant, id);
		withRetry(() -> {
			if (!this.campaignRepository.move(tenant, id, CampaignRepository.openStatuses(), CampaignStatus.CANCELLED,
					"cancelled")) {
				throw refused(tenant, id, "cancelled", "it has ended already");
			}
			record(tenant, id, "campaign.cancelled", actor, Map.of());
			this.process.signal(tenant, id, CampaignSignal.CANCELLED);
		});
		try {
			// In transactions of its own; sends that are added later are withheld too
			this.sends.cancel(tenant, id, CANCELLED);
		}
		finally {
			// A chunk that stays started would make other campaigns wait
			this.campaignRepository.clearPendingWork(tenant, id);
		}
	}

	/**
	 * Completes a campaign.
	 * @param tenant the tenant
	 * @param id id of the campaign
	 */
	public void complete(TenantId tenant, CampaignId id) {
		if (this.campaignRepository.move(tenant, id, CampaignStatus.RUNNING, CampaignStatus.COMPLETED, null)) {
			record(tenant, id, "campaign.completed", "system", Map.of());
		}
	}

	/**
	 * Ends a campaign that sent no message.
	 * @param tenant the tenant
	 * @param id id of the campaign
	 * @param reason short code; null keeps the current reason
	 */
	public void fail(TenantId tenant, CampaignId id, @Nullable String reason) {
		String why = (reason != null) ? reason : require(tenant, id).reason();
		if (this.campaignRepository.move(tenant, id, CampaignRepository.openStatuses(), CampaignStatus.FAILED, why)) {
			record(tenant, id, "campaign.failed", "system", (why != null) ? Map.of("reason", why) : Map.of());
		}
	}

	/**
	 * Finds a campaign.
	 * @param tenant the tenant
	 * @param id id of the campaign
	 * @return the campaign, or empty
	 */
	public Optional<Campaign> find(TenantId tenant, CampaignId id) {
		return this.campaignRepository.find(tenant, id);
	}

	/**
	 * Lists campaigns, newest first.
	 * @param tenant the tenant
	 * @param limit maximum number of campaigns, 1 to 500
	 * @param cursor cursor of the page before, null for the first page
	 * @return one page
	 */
	public Page<Campaign> list(TenantId tenant, int limit, @Nullable String cursor) {
		UUID before = Cursor.decode(cursor, 1).map((last) -> last.uuid(0)).orElse(null);
		int size = Cursor.limit(limit);
		return Cursor.page(this.campaignRepository.list(tenant, size + 1, before), size,
				(last) -> Cursor.of(last.id()));
	}

	/**
	 * Returns the progress of a campaign.
	 * @param tenant the tenant
	 * @param id id of the campaign
	 * @return number of recipients and chunks
	 * @throws InvalidRequestException when there is no such campaign
	 */
	public CampaignProgress progress(TenantId tenant, CampaignId id) {
		return this.progress.of(tenant, require(tenant, id));
	}

	/**
	 * Lists the content of a campaign by archetype and variant.
	 * @param tenant the tenant
	 * @param id id of the campaign
	 * @return the content, empty before it is generated
	 */
	public List<CampaignContent> contents(TenantId tenant, CampaignId id) {
		return this.contents.of(tenant, id);
	}

	/**
	 * Estimates the current reach of a campaign.
	 * @param tenant the tenant
	 * @param id id of the campaign
	 * @return the reach, estimated for a large segment
	 * @throws InvalidRequestException when there is no such campaign
	 */
	public CampaignReach reach(TenantId tenant, CampaignId id) {
		return this.reachEstimator.estimate(tenant, require(tenant, id));
	}

	/**
	 * Returns a campaign.
	 * @param tenant the tenant
	 * @param id id of the campaign
	 * @return it
	 * @throws InvalidRequestException when there is no such campaign
	 */
	public Campaign require(TenantId tenant, CampaignId id) {
		return find(tenant, id).orElseThrow(() -> InvalidRequestException
			.notFound("There is no campaign '%s'; GET /api/v1/campaigns lists them".formatted(id)));
	}

	/** Retries while the process executes a step, which takes a moment. */
	private void withRetry(Runnable work) {
		for (int attempt = 1; attempt < MAX_ATTEMPTS; attempt++) {
			try {
				this.transaction.executeWithoutResult((status) -> work.run());
				return;
			}
			catch (OptimisticLockingFailureException atWork) {
				log.info("The process of a campaign is executing a step; trying again");
			}
		}
		this.transaction.executeWithoutResult((status) -> work.run());
	}

	private InvalidRequestException refused(TenantId tenant, CampaignId id, String expected, String remedy) {
		CampaignStatus status = require(tenant, id).status();
		return InvalidRequestException.conflict("Campaign '%s' is %s and cannot be %s: %s".formatted(id,
				CampaignRepository.name(status).replace('_', ' '), expected, remedy));
	}

	private void record(TenantId tenant, CampaignId id, String kind, String actor, Map<String, Object> facts) {
		this.ledger
			.record(List.of(new LedgerEntry(tenant, this.clock.instant(), kind, "campaign:" + id, actor, facts)));
	}

}
