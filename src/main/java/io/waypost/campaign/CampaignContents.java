package io.waypost.campaign;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import io.waypost.agent.CampaignContentWriter;
import io.waypost.agent.ContentBrief;
import io.waypost.agent.Planner;
import io.waypost.agent.Route;
import io.waypost.agent.archetype.Archetype;
import io.waypost.agent.archetype.ArchetypeContent;
import io.waypost.agent.archetype.Archetypes;
import io.waypost.agent.archetype.ReviewedContent;
import io.waypost.agent.review.Review;
import io.waypost.agent.review.ReviewTerms;
import io.waypost.audience.Audiences;
import io.waypost.campaign.CampaignContent.ContentStatus;
import io.waypost.campaign.chunk.ChunkRepository;
import io.waypost.campaign.content.CampaignContentRepository;
import io.waypost.campaign.content.ContentBriefFactory;
import io.waypost.campaign.content.ContentReviewDecisions;
import io.waypost.content.BrandKitRepository;
import io.waypost.content.EmailDraft;
import io.waypost.delivery.SharedContent;
import io.waypost.delivery.SharedContents;
import io.waypost.kernel.CampaignId;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * The content of campaigns: generated once per archetype and variant, inspected, and
 * reviewed if it is flagged.
 */
@Component
public class CampaignContents {

	private static final int BATCH = 5_000;

	private final Campaigns campaigns;

	private final CampaignRepository campaignRepository;

	private final CampaignApprovals approvals;

	private final CampaignContentRepository contents;

	private final Audiences audiences;

	private final Archetypes archetypes;

	private final CampaignContentWriter writer;

	private final SharedContents shared;

	private final ContentReviewDecisions decisions;

	private final CampaignSettings settings;

	private final BrandKitRepository brands;

	private final Clock clock;

	CampaignContents(Campaigns campaigns, CampaignRepository campaignRepository, CampaignApprovals approvals,
			CampaignContentRepository contents, Audiences audiences, Archetypes archetypes,
			CampaignContentWriter writer, SharedContents shared, ContentReviewDecisions decisions,
			BrandKitRepository brands, CampaignSettings settings, Clock clock) {
		this.campaigns = campaigns;
		this.campaignRepository = campaignRepository;
		this.approvals = approvals;
		this.contents = contents;
		this.audiences = audiences;
		this.archetypes = archetypes;
		this.writer = writer;
		this.shared = shared;
		this.decisions = decisions;
		this.brands = brands;
		this.settings = settings;
		this.clock = clock;
	}

	/**
	 * Review state of a campaign's content.
	 *
	 * @param route CONTINUE when no review is open and some content may be sent, REVIEW
	 * when some waits for a review, STOP when none may be sent
	 * @param flagged ids of the content that waits for a review
	 * @param due time at which the first review is due, null without an open review
	 * @param expiry time at which the last review expires, null without an open review
	 */
	public record ContentReviewState(Route route, List<UUID> flagged, @Nullable Instant due, @Nullable Instant expiry) {

		public ContentReviewState {
			flagged = List.copyOf(flagged);
		}

	}

	/**
	 * Content that waits for a review.
	 *
	 * @param title campaign, archetype, variant and number of recipients
	 * @param draft the draft
	 * @param explanation sections by name, as in the API
	 * @param dueIn time until the decision is due
	 */
	public record FlaggedContent(String title, EmailDraft draft, Map<String, Object> explanation, Duration dueIn) {

		public FlaggedContent {
			explanation = Map.copyOf(explanation);
		}

	}

	/**
	 * Requests copy from language models.
	 * @param tenant the tenant
	 * @param id id of a campaign with a frozen audience
	 * @return time until which to wait, empty when there is nothing to wait for
	 */
	public Optional<Instant> requestCopy(TenantId tenant, CampaignId id) {
		if (!this.writer.usesModels(tenant) || !this.contents.of(tenant, id).isEmpty()) {
			return Optional.empty();
		}
		Campaign campaign = this.campaigns.require(tenant, id);
		ContentBrief brief = ContentBriefFactory.of(campaign);
		List<Archetype> archetypes = this.archetypes.partition(tenant, brief, recipients(tenant, campaign));
		return (this.writer.requestCopy(tenant, brief, archetypes) > 0)
				? Optional.of(this.clock.instant().plus(this.settings.copyWait())) : Optional.empty();
	}

	/**
	 * Generates the content of a campaign; repeated calls have no effect.
	 * @param tenant the tenant
	 * @param id id of a campaign with a frozen audience
	 */
	public void write(TenantId tenant, CampaignId id) {
		if (!this.contents.of(tenant, id).isEmpty()) {
			return;
		}
		Campaign campaign = this.campaigns.require(tenant, id);
		ContentBrief brief = ContentBriefFactory.of(campaign)
			.withChange(this.approvals.change(tenant, campaign).orElse(null));
		List<Archetype> archetypes = this.archetypes.partition(tenant, brief, recipients(tenant, campaign));
		List<ArchetypeContent> written = this.writer.write(tenant, brief, archetypes);
		this.shared.store(tenant,
				written.stream()
					.map((content) -> new SharedContent(content.content(), content.draft(), content.explanation()))
					.toList());
		this.contents.insert(tenant, id, written.stream().map((content) -> content(content, archetypes)).toList());
		this.writer.releaseCopy(tenant, id);
	}

	/**
	 * Returns which content may be sent and which waits for a review.
	 * @param tenant the tenant
	 * @param id id of the campaign
	 * @return the review state
	 */
	public ContentReviewState reviewState(TenantId tenant, CampaignId id) {
		List<CampaignContent> all = this.contents.of(tenant, id);
		List<UUID> flagged = all.stream()
			.filter((content) -> content.status() == ContentStatus.FLAGGED)
			.map(CampaignContent::content)
			.toList();
		if (!flagged.isEmpty()) {
			this.campaignRepository.move(tenant, id, Set.of(CampaignStatus.PREPARING), CampaignStatus.IN_REVIEW,
					"content_flagged");
			List<ReviewTerms> terms = flagged.stream().map((content) -> terms(sharedContent(tenant, content))).toList();
			Instant now = this.clock.instant();
			return new ContentReviewState(Route.REVIEW, flagged,
					now.plus(Collections.min(terms.stream().map(ReviewTerms::dueIn).toList())),
					now.plus(Collections.max(terms.stream().map(ReviewTerms::expiresIn).toList())));
		}
		boolean any = all.stream().anyMatch((content) -> content.status() == ContentStatus.CLEARED);
		return new ContentReviewState(any ? Route.CONTINUE : Route.STOP, List.of(), null, null);
	}

	/**
	 * Assigns a review task to content.
	 * @param tenant the tenant
	 * @param id id of the campaign
	 * @param content id of the content
	 * @param task id of the task
	 * @return the content
	 */
	public FlaggedContent assignReviewTask(TenantId tenant, CampaignId id, UUID content, String task) {
		this.contents.assignReviewTask(tenant, id, content, task);
		return flaggedContent(tenant, id, content);
	}

	/**
	 * Reads content for a reviewer.
	 * @param tenant the tenant
	 * @param id id of the campaign
	 * @param content id of the content
	 * @return the content
	 */
	public FlaggedContent flaggedContent(TenantId tenant, CampaignId id, UUID content) {
		Campaign campaign = this.campaigns.require(tenant, id);
		CampaignContent flagged = this.contents.find(tenant, id, content).orElseThrow();
		SharedContent shared = sharedContent(tenant, content);
		String title = "%s: %s; variant %s, %d recipients".formatted(campaign.brief().name(),
				audience(flagged.archetype()), flagged.variant(), flagged.people());
		return new FlaggedContent(title, shared.draft(), shared.explanation(), terms(shared).dueIn());
	}

	/**
	 * Reads how content came about.
	 * @param tenant the tenant
	 * @param id id of the campaign
	 * @param content id of the content
	 * @return sections by name, empty when a review replaced the content
	 */
	public Optional<Map<String, Object>> explanation(TenantId tenant, CampaignId id, UUID content) {
		return this.contents.find(tenant, id, content)
			.map((found) -> sharedContent(tenant, found.content()).explanation());
	}

	/** Names the parts of an archetype key that are set, without the goal. */
	private static String audience(String archetype) {
		String parts = Arrays.stream(archetype.split("\\|", 5))
			.skip(1)
			.filter((part) -> !part.isBlank() && !part.equals("*"))
			.collect(Collectors.joining(", "));
		return parts.isEmpty() ? "all others" : parts;
	}

	/**
	 * Stores a reviewer's decision until {@link #applyDecision} applies it.
	 * @param tenant the tenant
	 * @param id id of the campaign
	 * @param content id of the content
	 * @param task id of the reviewer's task
	 * @param review the decision
	 * @return false if the task has a decision
	 */
	public boolean saveDecision(TenantId tenant, CampaignId id, UUID content, String task, Review review) {
		return this.decisions.saveDecision(tenant, id, content, task, review);
	}

	/**
	 * Applies a decision: approved content is cleared, changed content is inspected
	 * again, and recipients of rejected content receive no message.
	 * @param tenant the tenant
	 * @param id id of the campaign
	 * @param content id of the content
	 * @param expired whether the review expired without a decision
	 */
	public void applyDecision(TenantId tenant, CampaignId id, UUID content, boolean expired) {
		this.decisions.applyDecision(tenant, this.campaigns.require(tenant, id), content, expired);
	}

	/** Returns the content brief for a phase of the campaign. */
	public ContentBrief brief(Campaign campaign, ChunkRepository.ChunkPhase phase) {
		return ContentBriefFactory.of(campaign, phase);
	}

	private SharedContent sharedContent(TenantId tenant, UUID content) {
		return this.shared.find(tenant, content).orElseThrow();
	}

	/** The time limits of the decision table review-required, as for a single message. */
	private static ReviewTerms terms(SharedContent shared) {
		return ReviewTerms.of(shared.explanation()).orElse(ReviewTerms.DEFAULT);
	}

	/**
	 * Returns all content with the result of its review. Content whose validity has ended
	 * or that was inspected with another brand kit is withheld.
	 */
	public List<ReviewedContent> reviewedContents(TenantId tenant, CampaignId id) {
		List<CampaignContent> all = this.contents.of(tenant, id);
		Map<UUID, String> ended = this.shared.ended(tenant, all.stream().map(CampaignContent::content).toList(),
				this.brands.require(tenant).visibleDigest());
		return all.stream().map((content) -> reviewedContent(content, ended.get(content.content()))).toList();
	}

	private static ReviewedContent reviewedContent(CampaignContent content, @Nullable String ended) {
		String withheld = switch (content.status()) {
			case CLEARED -> ended;
			case FLAGGED -> "content_in_review";
			case REJECTED -> Planner.NOTHING_TO_SAY.equals(content.reason()) ? content.reason() : "content_rejected";
		};
		return new ReviewedContent(content.archetype(), content.variant(), content.content(), withheld);
	}

	private List<List<ProfileId>> recipients(TenantId tenant, Campaign campaign) {
		List<List<ProfileId>> batches = new ArrayList<>();
		for (int first = 1; first <= campaign.size(); first += BATCH) {
			batches.add(this.audiences.members(tenant, Objects.requireNonNull(campaign.audience()), first,
					Math.min(first + BATCH - 1, campaign.size())));
		}
		return batches;
	}

	private static CampaignContent content(ArchetypeContent written, List<Archetype> archetypes) {
		int recipients = archetypes.stream()
			.filter((archetype) -> archetype.key().equals(written.archetype()))
			.mapToInt(Archetype::people)
			.sum();
		return new CampaignContent(written.archetype(), written.variant(), written.content(), recipients,
				status(written.route()), written.reason(), null, null, null);
	}

	/** Converts the guardrail's route to the status of the content. */
	public static ContentStatus status(Route route) {
		return switch (route) {
			case CONTINUE -> ContentStatus.CLEARED;
			case REVIEW -> ContentStatus.FLAGGED;
			default -> ContentStatus.REJECTED;
		};
	}

}
