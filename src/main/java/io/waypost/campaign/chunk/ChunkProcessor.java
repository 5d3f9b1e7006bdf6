package io.waypost.campaign.chunk;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.micrometer.core.instrument.MeterRegistry;
import io.waypost.agent.CampaignRecipient;
import io.waypost.agent.RecipientDecisions;
import io.waypost.agent.archetype.ReviewedContent;
import io.waypost.audience.Audiences;
import io.waypost.campaign.Campaign;
import io.waypost.campaign.CampaignContents;
import io.waypost.campaign.CampaignExperiments;
import io.waypost.campaign.CampaignSettings;
import io.waypost.campaign.chunk.ChunkState.RecipientAssignment;
import io.waypost.delivery.CampaignSend;
import io.waypost.delivery.CampaignSendBatch;
import io.waypost.delivery.CampaignSends;
import io.waypost.delivery.SendStatus;
import io.waypost.experiment.Assignment;
import io.waypost.experiment.Assignments;
import io.waypost.experiment.Exposure;
import io.waypost.experiment.Exposures;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.SendId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Processes the recipients of a chunk, a thousand at a time, with set-based statements.
 */
@Component
public class ChunkProcessor {

	private final ChunkRepository chunks;

	private final CampaignContents contents;

	private final Audiences audiences;

	private final Assignments assignments;

	private final RecipientDecisions recipientDecisions;

	private final CampaignSends sends;

	private final Exposures exposures;

	private final CampaignSettings settings;

	private final MeterRegistry meters;

	private final Clock clock;

	ChunkProcessor(ChunkRepository chunks, CampaignContents contents, Audiences audiences, Assignments assignments,
			RecipientDecisions recipientDecisions, CampaignSends sends, Exposures exposures, CampaignSettings settings,
			MeterRegistry meters, Clock clock) {
		this.chunks = chunks;
		this.contents = contents;
		this.audiences = audiences;
		this.assignments = assignments;
		this.recipientDecisions = recipientDecisions;
		this.sends = sends;
		this.exposures = exposures;
		this.settings = settings;
		this.meters = meters;
		this.clock = clock;
	}

	public List<ReviewedContent> contents(ChunkState chunk) {
		return this.contents.reviewedContents(chunk.tenant(), chunk.campaign().id());
	}

	public ChunkState decide(ChunkState chunk) {
		TenantId tenant = chunk.tenant();
		Campaign campaign = chunk.campaign();
		List<ProfileId> recipients = recipients(chunk);
		String experiment = CampaignExperiments.key(campaign.id());
		List<Assignment> assigned = this.assignments.assign(tenant, experiment, recipients);
		Map<ProfileId, Integer> deferrals = (chunk.chunk().recipients() != null)
				? this.chunks.deferrals(tenant, campaign.id(), recipients) : Map.of();
		Map<ProfileId, Assignment> assignments = HashMap.newHashMap(recipients.size());
		List<CampaignRecipient> campaignRecipients = new ArrayList<>(recipients.size());
		for (int at = 0; at < recipients.size(); at++) {
			ProfileId recipient = recipients.get(at);
			Assignment assignment = assigned.get(at);
			assignments.put(recipient, assignment);
			campaignRecipients.add(new CampaignRecipient(recipient, assignment.arm(),
					explanation(experiment, assignment), deferrals.getOrDefault(recipient, 0)));
		}
		RecipientDecisions.DecidedSends decided = this.recipientDecisions.decide(tenant,
				this.contents.brief(campaign, chunk.chunk().phase()), chunk.contents(), campaignRecipients);
		List<CampaignSend> sends = decided.sends();
		assignMerged(tenant, experiment, sends, assignments);
		return chunk.decided(recipientAssignments(decided, assignments), limitDeferrals(campaign,
				sends.stream().map((send) -> heldBack(send, assignments.get(send.profile()))).toList()));
	}

	private static Map<ProfileId, RecipientAssignment> recipientAssignments(RecipientDecisions.DecidedSends decided,
			Map<ProfileId, Assignment> assignments) {
		Map<ProfileId, RecipientAssignment> byRecipient = HashMap.newHashMap(assignments.size());
		for (CampaignSend send : decided.sends()) {
			Assignment assignment = assignments.get(send.profile());
			if (assignment != null) {
				byRecipient.put(send.profile(),
						new RecipientAssignment(assignment, send.readyAt(), decided.spent().get(send.profile())));
			}
		}
		return byRecipient;
	}

	/**
	 * Adds assignments of profiles that were merged after the audience was frozen: the
	 * surviving profile has its own assignment.
	 */
	private void assignMerged(TenantId tenant, String experiment, List<CampaignSend> sends,
			Map<ProfileId, Assignment> assignments) {
		List<ProfileId> merged = sends.stream()
			.map(CampaignSend::profile)
			.filter((recipient) -> !assignments.containsKey(recipient))
			.distinct()
			.toList();
		List<Assignment> assigned = merged.isEmpty() ? List.of() : this.assignments.assign(tenant, experiment, merged);
		for (int at = 0; at < merged.size(); at++) {
			assignments.put(merged.get(at), assigned.get(at));
		}
	}

	/**
	 * Only recipients that would have received the message belong to the control group.
	 * Otherwise the two groups would not be comparable.
	 */
	private static CampaignSend heldBack(CampaignSend send, @Nullable Assignment assignment) {
		if (assignment == null || !assignment.heldOut() || send.status() != SendStatus.QUEUED) {
			return send;
		}
		return new CampaignSend(send.profile(), null, null, SendStatus.WITHHELD, name(assignment.role()), null, null,
				send.explanation());
	}

	public void queue(ChunkState chunk) {
		TenantId tenant = chunk.tenant();
		Campaign campaign = chunk.campaign();
		Map<ProfileId, SendId> written = this.sends.add(tenant, sendBatch(campaign), chunk.sends());
		this.exposures.record(tenant, CampaignExperiments.key(campaign.id()), this.clock.instant(),
				exposed(chunk, written));
		List<CampaignSend> deferred = withStatus(chunk, SendStatus.DEFERRED);
		this.chunks.defer(tenant, campaign.id(), deferred.stream().map(CampaignSend::profile).toList(),
				deferred.stream().map((send) -> Objects.requireNonNull(send.deferredUntil())).toList());
		if (chunk.chunk().recipients() != null) {
			this.chunks.deleteDeferrals(tenant, campaign.id(), chunk.chunk().recipients());
		}
		int queued = withStatus(chunk, SendStatus.QUEUED).size();
		int withheld = withStatus(chunk, SendStatus.WITHHELD).size();
		this.chunks.complete(tenant, campaign.id(), chunk.chunk().number(), queued, withheld, deferred.size());
		count("queued", queued);
		count("withheld", withheld);
		count("deferred", deferred.size());
	}

	private List<ProfileId> recipients(ChunkState chunk) {
		ChunkRepository.Chunk range = chunk.chunk();
		return (range.recipients() != null) ? range.recipients() : this.audiences.members(chunk.tenant(),
				Objects.requireNonNull(chunk.campaign().audience()), range.first(), range.last());
	}

	/** Withholds recipients that were deferred for longer than the configured time. */
	private List<CampaignSend> limitDeferrals(Campaign campaign, List<CampaignSend> sends) {
		Instant launched = Objects.requireNonNull(campaign.launchedAt());
		if (this.clock.instant().isBefore(launched.plus(this.settings.giveUpAfter()))) {
			return sends;
		}
		return sends.stream()
			.map((send) -> (send.status() != SendStatus.DEFERRED) ? send
					: new CampaignSend(send.profile(), send.content(), send.variant(), SendStatus.WITHHELD, "no_window",
							null, null, send.explanation()))
			.toList();
	}

	/**
	 * Returns the exposures: recipients of the message and the comparable control group.
	 */
	private static List<Exposure> exposed(ChunkState chunk, Map<ProfileId, SendId> written) {
		Set<ProfileId> counted = new HashSet<>();
		List<Exposure> exposures = new ArrayList<>(chunk.sends().size());
		for (CampaignSend send : chunk.sends()) {
			RecipientAssignment recipient = chunk.assignments().get(send.profile());
			SendId id = written.get(send.profile());
			if (recipient != null && id != null && isComparable(send, recipient.assignment())
					&& counted.add(send.profile())) {
				exposures.add(new Exposure(send.profile(), recipient.assignment(),
						recipient.assignment().heldOut() ? null : id, recipient.spent(), recipient.at()));
			}
		}
		return exposures;
	}

	private static boolean isComparable(CampaignSend send, Assignment assignment) {
		return assignment.heldOut() ? name(assignment.role()).equals(send.reason())
				: send.status() == SendStatus.QUEUED;
	}

	private static CampaignSendBatch sendBatch(Campaign campaign) {
		Map<String, Object> trigger = new LinkedHashMap<>();
		trigger.put("source", "campaign");
		trigger.put("campaign", campaign.id().toString());
		trigger.put("segment", campaign.brief().segment());
		trigger.put("audience", String.valueOf(campaign.audience()));
		trigger.put("goal", campaign.brief().goal());
		return new CampaignSendBatch(campaign.id(), campaign.brief().template(), campaign.topic(), trigger);
	}

	private static Map<String, Object> explanation(String experiment, Assignment assignment) {
		return Map.of("experiment", experiment, "role", name(assignment.role()), "arm", assignment.arm());
	}

	private static List<CampaignSend> withStatus(ChunkState chunk, SendStatus status) {
		return chunk.sends().stream().filter((send) -> send.status() == status).toList();
	}

	private static String name(Assignment.AssignmentRole role) {
		return role.name().toLowerCase(Locale.ROOT);
	}

	private void count(String outcome, int recipients) {
		this.meters.counter("waypost.campaign.recipient.decide", "outcome", outcome).increment(recipients);
	}

}
