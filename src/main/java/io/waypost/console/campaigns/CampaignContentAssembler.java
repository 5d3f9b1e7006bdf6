package io.waypost.console.campaigns;

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
import io.waypost.console.ArchetypeLabel;
import io.waypost.console.LabelledValue;
import io.waypost.console.Labels;
import io.waypost.console.PageNotFoundException;
import io.waypost.console.RelativeTime;
import io.waypost.console.StatusView;
import io.waypost.console.messages.SendExplanationAssembler;
import io.waypost.console.messages.SendListAssembler;
import io.waypost.console.templates.TemplatePreviews;
import io.waypost.content.BrandKitRepository;
import io.waypost.content.EmailDraft;
import io.waypost.content.EmailRenderer;
import io.waypost.content.RecipientLinks;
import io.waypost.content.RenderedEmail;
import io.waypost.delivery.CampaignSendBatch;
import io.waypost.delivery.SharedContent;
import io.waypost.delivery.SharedContents;
import io.waypost.kernel.TenantId;

import org.springframework.stereotype.Component;

/** Assembles the content of a campaign. Previews use the sample first name Alex. */
@Component
class CampaignContentAssembler {

	/** Archetypes on the page by default. */
	private static final int GROUPS = 12;

	private static final int GREETING = 40;

	private static final String SAMPLE_NAME = "Alex";

	private final Campaigns campaigns;

	private final SharedContents shared;

	private final EmailRenderer renderer;

	private final BrandKitRepository brands;

	private final TemplatePreviews previews;

	private final ArchetypeLabel archetypeLabel;

	private final RelativeTime relativeTime;

	private final Labels labels;

	private final Clock clock;

	private final SendExplanationAssembler explanations;

	private final ObjectMapper json;

	CampaignContentAssembler(Campaigns campaigns, SharedContents shared, EmailRenderer renderer,
			BrandKitRepository brands, TemplatePreviews previews, ArchetypeLabel archetypeLabel,
			RelativeTime relativeTime, Labels labels, Clock clock, SendExplanationAssembler explanations,
			ObjectMapper json) {
		this.campaigns = campaigns;
		this.shared = shared;
		this.renderer = renderer;
		this.brands = brands;
		this.previews = previews;
		this.archetypeLabel = archetypeLabel;
		this.relativeTime = relativeTime;
		this.labels = labels;
		this.clock = clock;
		this.explanations = explanations;
		this.json = json;
	}

	CampaignView.ContentList list(TenantId tenant, Campaign campaign, boolean all) {
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
		Map<UUID, EmailDraft> drafts = this.shared.drafts(tenant,
				listed.stream().flatMap(Collection::stream).map(CampaignContent::content).toList());
		List<String> variants = groups.values()
			.stream()
			.flatMap(Collection::stream)
			.map(CampaignContent::variant)
			.distinct()
			.sorted()
			.toList();
		return new CampaignView.ContentList(variants, listed.stream().map((group) -> group(group, drafts)).toList(),
				groups.size() - listed.size());
	}

	/** Shows one content of the campaign. */
	CampaignView.ContentDetail detail(TenantId tenant, Campaign campaign, String id) {
		CampaignContent content = require(tenant, campaign, id);
		SharedContent shared = this.shared.find(tenant, content.content()).orElseThrow(PageNotFoundException::new);
		JsonNode explanation = this.json.valueToTree(shared.explanation());
		RenderedEmail email = render(tenant, shared.draft());
		List<LabelledValue> facts = new ArrayList<>();
		facts.add(LabelledValue.text(this.labels.text("campaignContent.audience"),
				this.archetypeLabel.of(content.archetype())));
		facts.add(LabelledValue.text(this.labels.text("column.recipients"), "%,d".formatted(content.people())));
		facts.add(LabelledValue.text(this.labels.text("results.variant"), content.variant()));
		facts.add(LabelledValue.text(this.labels.text("column.status"), status(content).name()));
		facts.add(LabelledValue.text(this.labels.text("column.decision"), decided(content)));
		facts.add(LabelledValue.id(this.labels.text("template.preview.archetype"), content.archetype()));
		return new CampaignView.ContentDetail(id, campaign.id().toString(), campaign.brief().name(), email.subject(),
				facts, this.previews.findings(explanation.path("findings")),
				this.explanations.scores(explanation.path("scores")), email.text());
	}

	/** Renders the message for a frame. */
	String html(TenantId tenant, Campaign campaign, String id) {
		return render(tenant,
				this.shared.find(tenant, require(tenant, campaign, id).content())
					.orElseThrow(PageNotFoundException::new)
					.draft())
			.html();
	}

	private RenderedEmail render(TenantId tenant, EmailDraft draft) {
		RecipientLinks links = new RecipientLinks("#", null, (link) -> link);
		return this.renderer.render(draft, this.brands.require(tenant), SAMPLE_NAME, CampaignSendBatch.JOURNEY, links);
	}

	private CampaignContent require(TenantId tenant, Campaign campaign, String id) {
		return this.campaigns.contents(tenant, campaign.id())
			.stream()
			.filter((content) -> content.content().toString().equals(id))
			.findFirst()
			.orElseThrow(PageNotFoundException::new);
	}

	private CampaignView.ArchetypeItem group(List<CampaignContent> contents, Map<UUID, EmailDraft> drafts) {
		CampaignContent first = contents.getFirst();
		return new CampaignView.ArchetypeItem(this.archetypeLabel.of(first.archetype()), first.people(),
				contents.stream()
					.filter((content) -> drafts.containsKey(content.content()))
					.map((content) -> text(content, Objects.requireNonNull(drafts.get(content.content()))))
					.toList());
	}

	private CampaignView.ContentItem text(CampaignContent content, EmailDraft draft) {
		String opening = draft.paragraphs()
			.stream()
			.filter((paragraph) -> paragraph.length() > GREETING)
			.findFirst()
			.orElse("");
		return new CampaignView.ContentItem(content.content().toString(), content.variant(),
				SendListAssembler.withoutName(draft.subject()), SendListAssembler.withoutName(opening), status(content),
				decided(content), (content.task() != null) ? CampaignViewAssembler.task(content.task()) : null);
	}

	private StatusView status(CampaignContent content) {
		return switch (content.status()) {
			case CLEARED -> new StatusView("cleared", this.labels.text("content.cleared"), "good", "");
			case FLAGGED -> new StatusView("flagged", this.labels.text("content.flagged"), "wait", "");
			case REJECTED -> new StatusView("rejected", this.labels.text("content.rejected"), "bad", "");
		};
	}

	private String decided(CampaignContent content) {
		String reason = this.labels.reason(content.reason());
		String because = (reason != null) ? ": " + reason.toLowerCase(Locale.ROOT) : "";
		if (content.reviewer() == null) {
			return this.labels.text((content.status() == CampaignContent.ContentStatus.FLAGGED) ? "content.decided.open"
					: "content.decided.rules") + because;
		}
		String age = this.relativeTime.ago(Objects.requireNonNullElse(content.decidedAt(), this.clock.instant()),
				this.clock.instant());
		return (content.reviewer().equals("system") ? this.labels.text("content.decided.expired", age)
				: this.labels.text("content.decided.reviewer", Labels.actorName(content.reviewer()), age)) + because;
	}

}
