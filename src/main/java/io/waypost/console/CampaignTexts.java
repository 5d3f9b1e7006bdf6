package io.waypost.console;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.campaign.Campaign;
import io.waypost.campaign.CampaignContent;
import io.waypost.campaign.Campaigns;
import io.waypost.content.BrandKits;
import io.waypost.content.Draft;
import io.waypost.content.RecipientLinks;
import io.waypost.content.RenderedEmail;
import io.waypost.content.Renderer;
import io.waypost.delivery.Deliveries;
import io.waypost.delivery.SendsOf;
import io.waypost.delivery.SharedContent;
import io.waypost.kernel.TenantId;

import org.springframework.stereotype.Component;

/** The words of a campaign, which belong to nobody in particular: Alex stands for all. */
@Component
class CampaignTexts {

	/** More of them nobody reads on one page. */
	private static final int GROUPS = 12;

	private static final int GREETING = 40;

	private final Campaigns campaigns;

	private final Deliveries deliveries;

	private final Renderer renderer;

	private final BrandKits brands;

	private final ContentPreviews previews;

	private final Words words;

	private final Clock clock;

	private final ObjectMapper json;

	CampaignTexts(Campaigns campaigns, Deliveries deliveries, Renderer renderer, BrandKits brands,
			ContentPreviews previews, Words words, Clock clock, ObjectMapper json) {
		this.campaigns = campaigns;
		this.deliveries = deliveries;
		this.renderer = renderer;
		this.brands = brands;
		this.previews = previews;
		this.words = words;
		this.clock = clock;
		this.json = json;
	}

	CampaignView.WordsView list(TenantId tenant, Campaign campaign, boolean all) {
		Map<String, List<CampaignContent>> groups = this.campaigns.contents(tenant, campaign.id())
			.stream()
			.collect(Collectors.groupingBy(CampaignContent::archetype));
		List<List<CampaignContent>> listed = groups.values()
			.stream()
			.sorted(Comparator.comparingInt((List<CampaignContent> group) -> group.getFirst().people())
				.reversed()
				.thenComparing((group) -> group.getFirst().archetype()))
			.limit(all ? Integer.MAX_VALUE : GROUPS)
			.toList();
		Map<UUID, Draft> drafts = this.deliveries.drafts(tenant,
				listed.stream().flatMap(Collection::stream).map(CampaignContent::content).toList());
		List<String> variants = groups.values()
			.stream()
			.flatMap(Collection::stream)
			.map(CampaignContent::variant)
			.distinct()
			.sorted()
			.toList();
		return new CampaignView.WordsView(variants, listed.stream().map((group) -> group(group, drafts)).toList(),
				groups.size() - listed.size());
	}

	/** The words by themselves, whoever of the campaign they are for. */
	CampaignView.Sheet sheet(TenantId tenant, Campaign campaign, String id) {
		CampaignContent content = require(tenant, campaign, id);
		SharedContent shared = this.deliveries.content(tenant, content.content())
			.orElseThrow(ContentController::unknown);
		JsonNode explanation = this.json.valueToTree(shared.explanation());
		RenderedEmail email = render(tenant, shared.draft());
		List<Fact> facts = new ArrayList<>();
		facts.add(Fact.text("For", ArchetypeWords.read(content.archetype())));
		facts.add(Fact.text("People", "%,d".formatted(content.people())));
		facts.add(Fact.text("Variant", content.variant()));
		facts.add(Fact.text("Standing", status(content).name()));
		facts.add(Fact.text("Decided", decided(content)));
		facts.add(Fact.id("Archetype", content.archetype()));
		return new CampaignView.Sheet(id, campaign.id().toString(), campaign.brief().name(), email.subject(), facts,
				this.previews.findings(explanation.path("findings")), WhyViews.scores(explanation.path("scores")),
				email.text());
	}

	/** The message for a frame. */
	String html(TenantId tenant, Campaign campaign, String id) {
		return render(tenant,
				this.deliveries.content(tenant, require(tenant, campaign, id).content())
					.orElseThrow(ContentController::unknown)
					.draft())
			.html();
	}

	private RenderedEmail render(TenantId tenant, Draft draft) {
		RecipientLinks nowhere = new RecipientLinks("#", null, (link) -> link);
		return this.renderer.render(draft, this.brands.require(tenant), "Alex", SendsOf.JOURNEY, nowhere);
	}

	private CampaignContent require(TenantId tenant, Campaign campaign, String id) {
		return this.campaigns.contents(tenant, campaign.id())
			.stream()
			.filter((content) -> content.content().toString().equals(id))
			.findFirst()
			.orElseThrow(ContentController::unknown);
	}

	private CampaignView.Group group(List<CampaignContent> contents, Map<UUID, Draft> drafts) {
		CampaignContent first = contents.getFirst();
		return new CampaignView.Group(ArchetypeWords.read(first.archetype()), first.people(),
				contents.stream()
					.filter((content) -> drafts.containsKey(content.content()))
					.map((content) -> text(content, Objects.requireNonNull(drafts.get(content.content()))))
					.toList());
	}

	private CampaignView.Text text(CampaignContent content, Draft draft) {
		String opening = draft.paragraphs()
			.stream()
			.filter((paragraph) -> paragraph.length() > GREETING)
			.findFirst()
			.orElse("");
		return new CampaignView.Text(content.content().toString(), content.variant(),
				SendLists.withoutName(draft.subject()), SendLists.withoutName(opening), status(content),
				decided(content), (content.task() != null) ? CampaignPages.task(content.task()) : null);
	}

	private static StatusView status(CampaignContent content) {
		return switch (content.status()) {
			case CLEARED -> new StatusView("cleared", "May be sent", "good", "");
			case FLAGGED -> new StatusView("flagged", "Waits for a person", "wait", "");
			case REJECTED -> new StatusView("rejected", "Not sent", "bad", "");
		};
	}

	private String decided(CampaignContent content) {
		String reason = this.words.reason(content.reason());
		String because = (reason != null) ? ": " + reason.toLowerCase(Locale.ROOT) : "";
		if (content.reviewer() == null) {
			return ((content.status() == CampaignContent.Status.FLAGGED) ? "the guardrail asks for a person"
					: "by the guardrail's rules") + because;
		}
		String who = content.reviewer().equals("system") ? "by nobody in time"
				: "by " + ContentViews.who(content.reviewer());
		return who + ", " + Ages.between(Objects.requireNonNullElse(content.decidedAt(), this.clock.instant()),
				this.clock.instant()) + because;
	}

}
