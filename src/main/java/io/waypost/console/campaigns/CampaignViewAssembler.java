package io.waypost.console.campaigns;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import io.waypost.access.AccessRight;
import io.waypost.access.Caller;
import io.waypost.access.InvalidRequest;
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
import io.waypost.console.LabelledValues;
import io.waypost.console.Labels;
import io.waypost.console.overview.OverviewView;
import io.waypost.console.reports.ExperimentResultsAssembler;
import io.waypost.console.reports.ExperimentResultsView;
import io.waypost.console.templates.TemplateViewAssembler;
import io.waypost.content.TemplateAdministration;
import io.waypost.content.TemplateHistory;
import io.waypost.kernel.Page;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Puts together what is shown of campaigns. */
@Component
class CampaignViewAssembler {

	/** Every row is counted, so they are few. */
	private static final int ROWS = 12;

	private static final int MOST_SEGMENTS = 500;

	/** Counting very many people often would slow down what is counted. */
	private static final int MANY = 200_000;

	private final Campaigns campaigns;

	private final CampaignExperiments tests;

	private final CampaignContentAssembler texts;

	private final ExperimentResultsAssembler results;

	private final CampaignDiagrams pictures;

	private final Segments segments;

	private final TemplateAdministration desk;

	private final Labels words;

	CampaignViewAssembler(Campaigns campaigns, CampaignExperiments tests, CampaignContentAssembler texts,
			ExperimentResultsAssembler results, CampaignDiagrams pictures, Segments segments,
			TemplateAdministration desk, Labels words) {
		this.campaigns = campaigns;
		this.tests = tests;
		this.texts = texts;
		this.results = results;
		this.pictures = pictures;
		this.segments = segments;
		this.desk = desk;
		this.words = words;
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

	/** For parts that are read again and again: thousands of people are not asked. */
	CampaignView withoutReach(Caller caller, Campaign campaign) {
		return view(caller, campaign, null, false, null);
	}

	private CampaignView view(Caller caller, Campaign campaign, @Nullable String shown, boolean all,
			CampaignView.@Nullable ReachView reach) {
		TenantId tenant = caller.tenant();
		CampaignView.ContentList listed = this.texts.list(tenant, campaign, all);
		CampaignView.LiveView live = live(caller, campaign);
		return new CampaignView(campaign.id().toString(), campaign.brief().name(), summary(campaign), brief(campaign),
				AccessRight.RUN_CAMPAIGNS.isGrantedTo(caller), campaign.status() == CampaignStatus.DRAFT, reach, live,
				results(tenant, campaign), listed, shown(listed, shown), live.marks());
	}

	CampaignView.LiveView live(Caller caller, Campaign campaign) {
		CampaignProgress progress = this.campaigns.progress(caller.tenant(), campaign.id());
		CampaignStatusCounts counts = new CampaignStatusCounts(progress);
		CampaignDiagrams.CampaignPosition standing = this.pictures.position(caller.tenant(), campaign, progress);
		boolean draft = campaign.status() == CampaignStatus.DRAFT;
		return new CampaignView.LiveView(campaign.id().toString(), this.words.campaign(campaign.status()),
				this.words.reason(campaign.reason()), taskOf(campaign.status()),
				AccessRight.RUN_CAMPAIGNS.isGrantedTo(caller) ? actions(campaign.status()) : List.of(),
				(draft || !campaign.status().isOpen()) ? 0 : (campaign.size() > MANY) ? 15 : 3, progress.size(),
				counts.completed(), counts.bar(progress.size(), this.words), counts.funnel(this.words),
				new CampaignView.BatchCounts(progress.chunks(), progress.chunksDone(), progress.chunksFailed()),
				standing.places(), standing.marks());
	}

	@Nullable ExperimentResultsView results(TenantId tenant, Campaign campaign) {
		return this.tests.read(tenant, campaign.id()).map(this.results::view).orElse(null);
	}

	CampaignView.FormChoices choices(TenantId tenant) {
		Map<String, String> templates = new TreeMap<>();
		for (TemplateHistory history : this.desk.list(tenant)) {
			templates.put(history.key(),
					history.live().isEmpty() ? history.key() + " (not approved yet)" : history.key());
		}
		Map<String, String> approved = new TreeMap<>();
		for (Segment segment : this.segments.list(tenant, "", Integer.MAX_VALUE, MOST_SEGMENTS)) {
			if (segment.usable()) {
				approved.put(segment.name(), segment.name() + ": " + segment.description());
			}
		}
		return new CampaignView.FormChoices(templates, approved);
	}

	/** Where a person decides about a task. */
	static String task(String id) {
		return "/camunda/app/tasklist/default/#/?task=" + id;
	}

	private CampaignListItem row(TenantId tenant, Campaign campaign) {
		CampaignStatusCounts counts = new CampaignStatusCounts(this.campaigns.progress(tenant, campaign.id()));
		String moment = (campaign.endedAt() != null) ? "ended"
				: (campaign.launchedAt() != null) ? "launched" : "described";
		Instant at = Objects.requireNonNullElse(campaign.endedAt(),
				Objects.requireNonNullElse(campaign.launchedAt(), campaign.createdAt()));
		return new CampaignListItem(campaign.id().toString(), campaign.brief().name(),
				this.words.campaign(campaign.status()), campaign.brief().segment(), campaign.brief().template(),
				campaign.size(), counts.completed(), counts.accepted(), moment, at);
	}

	private CampaignView.ReachView reach(TenantId tenant, Campaign campaign) {
		try {
			CampaignReach reach = this.campaigns.reach(tenant, campaign.id());
			return new CampaignView.ReachView(reach.size(), reach.reachable(), reach.heldOut(), why(reach.withheld()),
					why(reach.later()), (reach.sampled() < reach.size()) ? reach.sampled() : null, null);
		}
		catch (InvalidRequest changed) {
			return new CampaignView.ReachView(0, 0, 0, List.of(), List.of(), null,
					String.valueOf(changed.getBody().getDetail()));
		}
	}

	private List<OverviewView.ReasonCount> why(Map<String, Long> reasons) {
		return reasons.entrySet()
			.stream()
			.sorted(Map.Entry.<String, Long>comparingByValue().reversed())
			.map((entry) -> new OverviewView.ReasonCount(
					Objects.requireNonNullElse(this.words.reason(entry.getKey()), entry.getKey()), entry.getValue()))
			.toList();
	}

	private static @Nullable String taskOf(CampaignStatus status) {
		return (status == CampaignStatus.AWAITING_APPROVAL || status == CampaignStatus.IN_REVIEW)
				? "/camunda/app/tasklist/" : null;
	}

	private static List<CampaignView.CampaignAction> actions(CampaignStatus status) {
		CampaignView.CampaignAction cancel = new CampaignView.CampaignAction("cancel", "Cancel …", "btn-ghost-danger",
				true);
		return switch (status) {
			case DRAFT, AWAITING_APPROVAL, PREPARING, IN_REVIEW -> List.of(cancel);
			case TESTING, SENDING -> List.of(new CampaignView.CampaignAction("pause", "Pause", "", false), cancel);
			case PAUSED -> List.of(new CampaignView.CampaignAction("resume", "Resume", "btn-primary", false), cancel);
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

	private static String summary(Campaign campaign) {
		return "Template “%s” to the segment “%s”, described by %s".formatted(campaign.brief().template(),
				campaign.brief().segment(), TemplateViewAssembler.actorName(campaign.createdBy()));
	}

	private static List<LabelledValue> brief(Campaign campaign) {
		CampaignBrief brief = campaign.brief();
		List<LabelledValue> facts = new ArrayList<>();
		facts.add(LabelledValue.text("Goal", Labels.humanise(brief.goal())));
		if (brief.category() != null) {
			facts.add(LabelledValue.text("About", brief.category()));
		}
		facts.add((brief.schedule() != null) ? LabelledValue.time("Begins", brief.schedule())
				: LabelledValue.text("Begins", "at once"));
		facts.add(LabelledValue.text("Written to", hour(brief)));
		facts.add(LabelledValue.text("Held out",
				LabelledValues.number(brief.holdoutPercent()) + " % of those it could write to"));
		facts.add(LabelledValue.text("Test", test(brief.test())));
		facts.add(LabelledValue.time("Described", campaign.createdAt()));
		time(facts, "Launched", campaign.launchedAt());
		time(facts, "Ended", campaign.endedAt());
		facts.add(LabelledValue.id("Id", campaign.id().toString()));
		return facts;
	}

	private static String test(@Nullable ExperimentPlan test) {
		return (test == null) ? "none, everybody gets the same" : "%s on %s %% first, by %s within %s, verdict after %s"
			.formatted(String.join(", ", test.names()), LabelledValues.number(test.percent()), switch (test.metric()) {
				case CLICK -> "clicks";
				case CONVERSION -> "orders";
			}, DurationFormat.format(test.reactionWindow()), DurationFormat.format(test.duration()));
	}

	private static String hour(CampaignBrief brief) {
		if (brief.bestHourWithin() == null) {
			return "everybody at once";
		}
		return "each at their best hour within %s%s".formatted(DurationFormat.format(brief.bestHourWithin()),
				(brief.test() != null) ? ", people of the test at once" : "");
	}

	private static void time(List<LabelledValue> facts, String name, @Nullable Instant at) {
		if (at != null) {
			facts.add(LabelledValue.time(name, at));
		}
	}

}
