package io.waypost.console;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import io.waypost.access.Caller;
import io.waypost.access.InvalidRequest;
import io.waypost.access.Right;
import io.waypost.audience.Segment;
import io.waypost.audience.Segments;
import io.waypost.campaign.Brief;
import io.waypost.campaign.Campaign;
import io.waypost.campaign.CampaignProgress;
import io.waypost.campaign.CampaignStatus;
import io.waypost.campaign.CampaignTests;
import io.waypost.campaign.Campaigns;
import io.waypost.campaign.Reach;
import io.waypost.campaign.TestPlan;
import io.waypost.content.TemplateDesk;
import io.waypost.content.TemplateHistory;
import io.waypost.kernel.Page;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Puts together what is shown of campaigns. */
@Component
class CampaignPages {

	/** Every row is counted, so they are few. */
	private static final int ROWS = 12;

	private static final int MOST_SEGMENTS = 500;

	/** Counting very many people often would slow down what is counted. */
	private static final int MANY = 200_000;

	private final Campaigns campaigns;

	private final CampaignTests tests;

	private final CampaignTexts texts;

	private final CampaignResults results;

	private final CampaignPictures pictures;

	private final Segments segments;

	private final TemplateDesk desk;

	private final Words words;

	CampaignPages(Campaigns campaigns, CampaignTests tests, CampaignTexts texts, CampaignResults results,
			CampaignPictures pictures, Segments segments, TemplateDesk desk, Words words) {
		this.campaigns = campaigns;
		this.tests = tests;
		this.texts = texts;
		this.results = results;
		this.pictures = pictures;
		this.segments = segments;
		this.desk = desk;
		this.words = words;
	}

	Page<CampaignRow> rows(TenantId tenant, @Nullable String cursor) {
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
		CampaignView.WordsView listed = this.texts.list(tenant, campaign, all);
		CampaignView.Live live = live(caller, campaign);
		return new CampaignView(campaign.id().toString(), campaign.brief().name(), summary(campaign), brief(campaign),
				Right.RUN_CAMPAIGNS.heldBy(caller), campaign.status() == CampaignStatus.DRAFT, reach, live,
				results(tenant, campaign), listed, shown(listed, shown), live.marks());
	}

	CampaignView.Live live(Caller caller, Campaign campaign) {
		CampaignProgress progress = this.campaigns.progress(caller.tenant(), campaign.id());
		CampaignCounts counts = new CampaignCounts(progress);
		CampaignPictures.Standing standing = this.pictures.standing(caller.tenant(), campaign, progress);
		boolean draft = campaign.status() == CampaignStatus.DRAFT;
		return new CampaignView.Live(campaign.id().toString(), this.words.campaign(campaign.status()),
				this.words.reason(campaign.reason()), taskOf(campaign.status()),
				Right.RUN_CAMPAIGNS.heldBy(caller) ? actions(campaign.status()) : List.of(),
				(draft || !campaign.status().isOpen()) ? 0 : (campaign.size() > MANY) ? 15 : 3, progress.size(),
				counts.settled(), counts.bar(progress.size(), this.words), counts.funnel(this.words),
				new CampaignView.Chunks(progress.chunks(), progress.chunksDone(), progress.chunksStuck()),
				standing.places(), standing.marks());
	}

	@Nullable ResultsView results(TenantId tenant, Campaign campaign) {
		return this.tests.read(tenant, campaign.id()).map(this.results::view).orElse(null);
	}

	CampaignView.Choices choices(TenantId tenant) {
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
		return new CampaignView.Choices(templates, approved);
	}

	/** Where a person decides about a task. */
	static String task(String id) {
		return "/camunda/app/tasklist/default/#/?task=" + id;
	}

	private CampaignRow row(TenantId tenant, Campaign campaign) {
		CampaignCounts counts = new CampaignCounts(this.campaigns.progress(tenant, campaign.id()));
		String moment = (campaign.endedAt() != null) ? "ended"
				: (campaign.launchedAt() != null) ? "launched" : "described";
		Instant at = Objects.requireNonNullElse(campaign.endedAt(),
				Objects.requireNonNullElse(campaign.launchedAt(), campaign.createdAt()));
		return new CampaignRow(campaign.id().toString(), campaign.brief().name(),
				this.words.campaign(campaign.status()), campaign.brief().segment(), campaign.brief().template(),
				campaign.size(), counts.settled(), counts.taken(), moment, at);
	}

	private CampaignView.ReachView reach(TenantId tenant, Campaign campaign) {
		try {
			Reach reach = this.campaigns.reach(tenant, campaign.id());
			return new CampaignView.ReachView(reach.size(), reach.reachable(), reach.heldOut(), why(reach.withheld()),
					why(reach.later()), (reach.sampled() < reach.size()) ? reach.sampled() : null, null);
		}
		catch (InvalidRequest changed) {
			return new CampaignView.ReachView(0, 0, 0, List.of(), List.of(), null,
					String.valueOf(changed.getBody().getDetail()));
		}
	}

	private List<OverviewView.Why> why(Map<String, Long> reasons) {
		return reasons.entrySet()
			.stream()
			.sorted(Map.Entry.<String, Long>comparingByValue().reversed())
			.map((entry) -> new OverviewView.Why(
					Objects.requireNonNullElse(this.words.reason(entry.getKey()), entry.getKey()), entry.getValue()))
			.toList();
	}

	private static @Nullable String taskOf(CampaignStatus status) {
		return (status == CampaignStatus.AWAITING_APPROVAL || status == CampaignStatus.IN_REVIEW)
				? "/camunda/app/tasklist/" : null;
	}

	private static List<CampaignView.Action> actions(CampaignStatus status) {
		CampaignView.Action cancel = new CampaignView.Action("cancel", "Cancel …", "btn-ghost-danger", true);
		return switch (status) {
			case DRAFT, AWAITING_APPROVAL, PREPARING, IN_REVIEW -> List.of(cancel);
			case TESTING, SENDING -> List.of(new CampaignView.Action("pause", "Pause", "", false), cancel);
			case PAUSED -> List.of(new CampaignView.Action("resume", "Resume", "btn-primary", false), cancel);
			case COMPLETED, CANCELLED, FAILED -> List.of();
		};
	}

	private static @Nullable String shown(CampaignView.WordsView listed, @Nullable String wanted) {
		List<String> ids = listed.groups()
			.stream()
			.flatMap((group) -> group.texts().stream())
			.map(CampaignView.Text::id)
			.toList();
		return (wanted != null && ids.contains(wanted)) ? wanted : ids.isEmpty() ? null : ids.getFirst();
	}

	private static String summary(Campaign campaign) {
		return "Template “%s” to the segment “%s”, described by %s".formatted(campaign.brief().template(),
				campaign.brief().segment(), ContentViews.who(campaign.createdBy()));
	}

	private static List<Fact> brief(Campaign campaign) {
		Brief brief = campaign.brief();
		List<Fact> facts = new ArrayList<>();
		facts.add(Fact.text("Goal", Words.readable(brief.goal())));
		if (brief.category() != null) {
			facts.add(Fact.text("About", brief.category()));
		}
		facts.add((brief.schedule() != null) ? Fact.time("Begins", brief.schedule()) : Fact.text("Begins", "at once"));
		facts.add(Fact.text("Written to", hour(brief)));
		facts.add(Fact.text("Held out", Evidence.number(brief.holdoutPercent()) + " % of those it could write to"));
		facts.add(Fact.text("Test", test(brief.test())));
		facts.add(Fact.time("Described", campaign.createdAt()));
		time(facts, "Launched", campaign.launchedAt());
		time(facts, "Ended", campaign.endedAt());
		facts.add(Fact.id("Id", campaign.id().toString()));
		return facts;
	}

	private static String test(@Nullable TestPlan test) {
		return (test == null) ? "none, everybody gets the same" : "%s on %s %% first, by %s within %s, verdict after %s"
			.formatted(String.join(", ", test.names()), Evidence.number(test.percent()), switch (test.metric()) {
				case CLICK -> "clicks";
				case CONVERSION -> "orders";
			}, Lengths.words(test.reactionWindow()), Lengths.words(test.duration()));
	}

	private static String hour(Brief brief) {
		if (brief.bestHourWithin() == null) {
			return "everybody at once";
		}
		return "each at their best hour within %s%s".formatted(Lengths.words(brief.bestHourWithin()),
				(brief.test() != null) ? ", people of the test at once" : "");
	}

	private static void time(List<Fact> facts, String name, @Nullable Instant at) {
		if (at != null) {
			facts.add(Fact.time(name, at));
		}
	}

}
