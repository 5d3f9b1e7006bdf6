package io.waypost.console.campaigns;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import io.waypost.agent.CampaignContentWriter;
import io.waypost.access.AccessRight;
import io.waypost.access.Caller;
import io.waypost.access.InvalidRequestException;
import io.waypost.audience.Segment;
import io.waypost.audience.Segments;
import io.waypost.campaign.Campaign;
import io.waypost.campaign.CampaignBrief;
import io.waypost.campaign.CampaignExperiments;
import io.waypost.campaign.CampaignProgress;
import io.waypost.campaign.CampaignReach;
import io.waypost.campaign.CampaignStatus;
import io.waypost.campaign.Campaigns;
import io.waypost.campaign.ExperimentPlan;
import io.waypost.console.DurationFormat;
import io.waypost.console.LabelledValue;
import io.waypost.console.Labels;
import io.waypost.console.ValueFormat;
import io.waypost.console.experiments.ExperimentResultsAssembler;
import io.waypost.console.experiments.ExperimentResultsView;
import io.waypost.console.messages.SendStatusRow;
import io.waypost.content.fact.Offer;
import io.waypost.content.fact.OfferRepository;
import io.waypost.content.TemplateAdministration;
import io.waypost.content.TemplateHistory;
import io.waypost.kernel.Page;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Assembles the campaign pages. */
@Component
class CampaignViewAssembler {

	/** Rows per page; each row counts its sends. */
	private static final int ROWS = 12;

	private static final int MOST_SEGMENTS = 500;

	private static final int MOST_TEMPLATES = 500;

	/** Above this size the page polls less often, because counting slows the dispatch. */
	private static final int MANY = 200_000;

	private final Campaigns campaigns;

	private final CampaignExperiments experiments;

	private final CampaignContentAssembler contents;

	private final ExperimentResultsAssembler results;

	private final CampaignDiagrams diagrams;

	private final Segments segments;

	private final TemplateAdministration templates;

	private final OfferRepository offers;

	private final DurationFormat durations;

	private final Labels labels;

	CampaignViewAssembler(Campaigns campaigns, CampaignExperiments experiments, CampaignContentAssembler contents,
			ExperimentResultsAssembler results, CampaignDiagrams diagrams, Segments segments,
			TemplateAdministration templates, OfferRepository offers, DurationFormat durations, Labels labels) {
		this.campaigns = campaigns;
		this.experiments = experiments;
		this.contents = contents;
		this.results = results;
		this.diagrams = diagrams;
		this.segments = segments;
		this.templates = templates;
		this.offers = offers;
		this.durations = durations;
		this.labels = labels;
	}

	Page<CampaignListItem> rows(TenantId tenant, @Nullable String cursor) {
		Page<Campaign> page = this.campaigns.list(tenant, ROWS, cursor);
		return new Page<>(page.items().stream().map((campaign) -> row(tenant, campaign)).toList(), page.nextCursor());
	}

	CampaignView view(Caller caller, Campaign campaign, @Nullable String shown, boolean all) {
		boolean undecided = campaign.status() == CampaignStatus.DRAFT
				|| campaign.status() == CampaignStatus.AWAITING_APPROVAL;
		return view(caller, campaign, shown, all, undecided ? reach(caller.tenant(), campaign) : null);
	}

	/** Assembles the page for polling, without the expensive reach estimate. */
	CampaignView withoutReach(Caller caller, Campaign campaign) {
		return view(caller, campaign, null, false, null);
	}

	private CampaignView view(Caller caller, Campaign campaign, @Nullable String shown, boolean all,
			CampaignView.@Nullable ReachView reach) {
		TenantId tenant = caller.tenant();
		CampaignView.ContentList listed = this.contents.list(tenant, campaign, all);
		CampaignView.LiveView live = live(caller, campaign);
		return new CampaignView(campaign.id().toString(), campaign.brief().name(), summary(campaign),
				settings(campaign), AccessRight.RUN_CAMPAIGNS.isGrantedTo(caller),
				campaign.status() == CampaignStatus.DRAFT, reach, live, results(tenant, campaign), listed,
				shown(listed, shown), live.marks());
	}

	CampaignView.LiveView live(Caller caller, Campaign campaign) {
		CampaignProgress progress = this.campaigns.progress(caller.tenant(), campaign.id());
		CampaignStatusCounts counts = new CampaignStatusCounts(progress);
		CampaignDiagrams.CampaignPosition position = this.diagrams.position(caller.tenant(), campaign, progress);
		boolean draft = campaign.status() == CampaignStatus.DRAFT;
		List<CampaignView.BarPart> bar = counts.bar(progress.size(), this.labels);
		return new CampaignView.LiveView(campaign.id().toString(), this.labels.campaign(campaign.status()),
				this.labels.reason(campaign.reason()), taskOf(campaign.status()),
				AccessRight.RUN_CAMPAIGNS.isGrantedTo(caller) ? actions(campaign.status()) : List.of(),
				(draft || !campaign.status().isOpen()) ? 0 : (campaign.size() > MANY) ? 15 : 3, progress.size(),
				counts.completed(), bar, barDescription(counts, progress.size(), bar), counts.funnel(this.labels),
				new CampaignView.CampaignChunkCounts(progress.chunks(), progress.chunksDone(), progress.chunksFailed()),
				position.elements(), position.diagrams());
	}

	private String barDescription(CampaignStatusCounts counts, long size, List<CampaignView.BarPart> bar) {
		String parts = String.join(", ",
				bar.stream().map((part) -> "%s %,d".formatted(part.name(), part.people())).toList());
		return this.labels.text("campaign.bar", counts.completed(), size, parts);
	}

	@Nullable ExperimentResultsView results(TenantId tenant, Campaign campaign) {
		return this.experiments.read(tenant, campaign.id()).map(this.results::view).orElse(null);
	}

	CampaignView.FormChoices choices(TenantId tenant) {
		Map<String, String> templates = new TreeMap<>();
		for (TemplateHistory history : this.templates.list(tenant, "", MOST_TEMPLATES)) {
			templates.put(history.key(), history.live().isEmpty()
					? this.labels.text("campaignForm.template.notApproved", history.key()) : history.key());
		}
		Map<String, String> approved = new TreeMap<>();
		for (Segment segment : this.segments.list(tenant, "", Integer.MAX_VALUE, MOST_SEGMENTS)) {
			if (segment.usable()) {
				approved.put(segment.name(), segment.name() + ": " + segment.description());
			}
		}
		return new CampaignView.FormChoices(templates, approved, offers(tenant));
	}

	private Map<String, String> offers(TenantId tenant) {
		Map<String, String> offers = new TreeMap<>();
		for (Offer offer : this.offers.current(tenant)) {
			String discount = CampaignContentWriter.describe(offer, Locale.UK);
			offers.put(offer.key(), offer.key() + ": " + discount);
		}
		return offers;
	}

	/** Returns the address of a task in Tasklist. */
	static String task(String id) {
		return "/camunda/app/tasklist/default/#/?task=" + id;
	}

	private CampaignListItem row(TenantId tenant, Campaign campaign) {
		CampaignStatusCounts counts = new CampaignStatusCounts(this.campaigns.progress(tenant, campaign.id()));
		String moment = (campaign.endedAt() != null) ? "campaigns.ended"
				: (campaign.launchedAt() != null) ? "campaigns.launched" : "campaigns.created";
		Instant at = Objects.requireNonNullElse(campaign.endedAt(),
				Objects.requireNonNullElse(campaign.launchedAt(), campaign.createdAt()));
		return new CampaignListItem(campaign.id().toString(), campaign.brief().name(),
				this.labels.campaign(campaign.status()), campaign.brief().segment(), campaign.brief().template(),
				campaign.size(), counts.completed(), counts.accepted(), this.labels.text(moment), at);
	}

	private CampaignView.ReachView reach(TenantId tenant, Campaign campaign) {
		try {
			CampaignReach reach = this.campaigns.reach(tenant, campaign.id());
			return new CampaignView.ReachView(reach.size(), reach.reachable(), reach.heldOut(), why(reach.withheld()),
					why(reach.later()), (reach.sampled() < reach.size()) ? reach.sampled() : null, null);
		}
		catch (InvalidRequestException changed) {
			return new CampaignView.ReachView(0, 0, 0, List.of(), List.of(), null,
					String.valueOf(changed.getBody().getDetail()));
		}
	}

	private List<SendStatusRow.ReasonCount> why(Map<String, Long> reasons) {
		return reasons.entrySet()
			.stream()
			.sorted(Map.Entry.<String, Long>comparingByValue().reversed())
			.map((entry) -> new SendStatusRow.ReasonCount(
					Objects.requireNonNullElse(this.labels.reason(entry.getKey()), entry.getKey()), entry.getValue()))
			.toList();
	}

	private static @Nullable String taskOf(CampaignStatus status) {
		return (status == CampaignStatus.AWAITING_APPROVAL || status == CampaignStatus.IN_REVIEW)
				? "/camunda/app/tasklist/" : null;
	}

	private List<CampaignView.CampaignAction> actions(CampaignStatus status) {
		CampaignView.CampaignAction cancel = new CampaignView.CampaignAction("cancel",
				this.labels.text("campaign.action.cancel"), "btn-ghost-danger", true);
		return switch (status) {
			case DRAFT, AWAITING_APPROVAL, PREPARING, IN_REVIEW -> List.of(cancel);
			case TESTING, SENDING ->
				List.of(new CampaignView.CampaignAction("pause", this.labels.text("campaign.action.pause"), "", false),
						cancel);
			case PAUSED -> List.of(new CampaignView.CampaignAction("resume", this.labels.text("campaign.action.resume"),
					"btn-primary", false), cancel);
			case COMPLETED, CANCELLED, FAILED -> List.of();
		};
	}

	private static @Nullable String shown(CampaignView.ContentList listed, @Nullable String wanted) {
		List<String> ids = listed.groups()
			.stream()
			.flatMap((group) -> group.texts().stream())
			.map(CampaignView.ContentItem::id)
			.toList();
		return (wanted != null && ids.contains(wanted)) ? wanted : ids.isEmpty() ? null : ids.getFirst();
	}

	private String summary(Campaign campaign) {
		return this.labels.text("campaign.summary", campaign.brief().template(), campaign.brief().segment(),
				Labels.actorName(campaign.createdBy()));
	}

	private List<LabelledValue> settings(Campaign campaign) {
		CampaignBrief brief = campaign.brief();
		List<LabelledValue> facts = new ArrayList<>();
		facts.add(LabelledValue.text(this.labels.text("campaignForm.goal"), Labels.humanise(brief.goal())));
		if (brief.category() != null) {
			facts.add(LabelledValue.text(this.labels.text("campaignForm.category"), brief.category()));
		}
		if (brief.offer() != null) {
			facts.add(LabelledValue.text(this.labels.text("campaignForm.offer"), brief.offer()));
		}
		facts.add((brief.schedule() != null)
				? LabelledValue.time(this.labels.text("campaignForm.start"), brief.schedule())
				: LabelledValue.text(this.labels.text("campaignForm.start"), this.labels.text("campaign.start.now")));
		facts.add(LabelledValue.text(this.labels.text("campaign.sendTime"), sendTime(brief)));
		facts.add(LabelledValue.text(this.labels.text("campaign.holdout"),
				ValueFormat.number(brief.holdoutPercent()) + " %"));
		facts.add(LabelledValue.text(this.labels.text("campaignForm.test"), test(brief.test())));
		facts.add(LabelledValue.time(this.labels.text("campaign.createdAt"), campaign.createdAt()));
		time(facts, this.labels.text("campaign.launchedAt"), campaign.launchedAt());
		time(facts, this.labels.text("campaign.endedAt"), campaign.endedAt());
		facts.add(LabelledValue.id(this.labels.text("id"), campaign.id().toString()));
		return facts;
	}

	private String test(@Nullable ExperimentPlan test) {
		if (test == null) {
			return this.labels.text("campaign.test.none");
		}
		String metric = this.labels.text("campaignForm.metric." + test.metric().name().toLowerCase(Locale.ROOT));
		return this.labels.text("campaign.test", String.join(", ", test.names()), ValueFormat.number(test.percent()),
				metric, this.durations.format(test.reactionWindow()), this.durations.format(test.duration()));
	}

	private String sendTime(CampaignBrief brief) {
		if (brief.bestHourWithin() == null) {
			return this.labels.text("campaign.sendTime.none");
		}
		return this.labels.text("campaign.sendTime.window", this.durations.format(brief.bestHourWithin()));
	}

	private static void time(List<LabelledValue> facts, String name, @Nullable Instant at) {
		if (at != null) {
			facts.add(LabelledValue.time(name, at));
		}
	}

}
