package io.waypost.campaign;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

import io.waypost.agent.ArchetypeCell;
import io.waypost.agent.ArchetypeContent;
import io.waypost.agent.Archetypes;
import io.waypost.agent.CampaignBrief;
import io.waypost.agent.CampaignWriter;
import io.waypost.agent.ReadyContent;
import io.waypost.agent.Review;
import io.waypost.agent.ReviewTerms;
import io.waypost.agent.Route;
import io.waypost.audience.Audiences;
import io.waypost.campaign.CampaignContent.Status;
import io.waypost.content.Draft;
import io.waypost.delivery.Deliveries;
import io.waypost.delivery.SharedContent;
import io.waypost.kernel.CampaignId;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * The words of campaigns: written once for each archetype and variant, inspected, and
 * where they are doubtful decided by a person for everybody they are for.
 */
@Component
public class CampaignWords {

	private static final int BATCH = 5_000;

	private final Campaigns campaigns;

	private final CampaignRows rows;

	private final ContentRows contents;

	private final Audiences audiences;

	private final Archetypes archetypes;

	private final CampaignWriter writer;

	private final Deliveries deliveries;

	private final WordsDecisions decisions;

	private final Clock clock;

	CampaignWords(Campaigns campaigns, CampaignRows rows, ContentRows contents, Audiences audiences,
			Archetypes archetypes, CampaignWriter writer, Deliveries deliveries, WordsDecisions decisions,
			Clock clock) {
		this.campaigns = campaigns;
		this.rows = rows;
		this.contents = contents;
		this.audiences = audiences;
		this.archetypes = archetypes;
		this.writer = writer;
		this.deliveries = deliveries;
		this.decisions = decisions;
		this.clock = clock;
	}

	/**
	 * How the words of a campaign stand.
	 *
	 * @param route CONTINUE when all are decided and some may be sent, REVIEW when some
	 * wait for a person, STOP when none may be sent
	 * @param flagged those that wait
	 * @param due when the first review is due, null when none waits
	 * @param expiry when none of them is waited for any more, null when none waits
	 */
	public record Stock(Route route, List<UUID> flagged, @Nullable Instant due, @Nullable Instant expiry) {

		public Stock {
			flagged = List.copyOf(flagged);
		}

	}

	/**
	 * Words that wait for a person.
	 *
	 * @param title what they are for
	 * @param draft the words
	 * @param explanation sections by name, those of the API
	 * @param dueIn after this long a decision is due
	 */
	public record Doubtful(String title, Draft draft, Map<String, Object> explanation, Duration dueIn) {

		public Doubtful {
			explanation = Map.copyOf(explanation);
		}

	}

	/**
	 * Writes the words of a campaign, once.
	 * @param tenant whose
	 * @param id which campaign, with a frozen audience
	 */
	public void write(TenantId tenant, CampaignId id) {
		if (!this.contents.of(tenant, id).isEmpty()) {
			return;
		}
		Campaign campaign = this.campaigns.require(tenant, id);
		CampaignBrief brief = CampaignBriefs.of(campaign);
		List<ArchetypeCell> cells = this.archetypes.cells(tenant, brief, people(tenant, campaign));
		List<ArchetypeContent> written = this.writer.write(tenant, brief, cells);
		this.deliveries.share(tenant,
				written.stream()
					.map((content) -> new SharedContent(content.content(), content.draft(), content.explanation()))
					.toList());
		this.contents.insert(tenant, id, written.stream().map((content) -> content(content, cells)).toList());
	}

	/**
	 * Tells which words may be sent, and which have a person to look at.
	 * @param tenant whose
	 * @param id which campaign
	 * @return how they stand
	 */
	public Stock takeStock(TenantId tenant, CampaignId id) {
		List<CampaignContent> all = this.contents.of(tenant, id);
		List<UUID> flagged = all.stream()
			.filter((content) -> content.status() == Status.FLAGGED)
			.map(CampaignContent::content)
			.toList();
		if (!flagged.isEmpty()) {
			this.rows.move(tenant, id, Set.of(CampaignStatus.PREPARING), CampaignStatus.IN_REVIEW, "words_flagged");
			List<ReviewTerms> terms = flagged.stream().map((content) -> terms(words(tenant, content))).toList();
			Instant now = this.clock.instant();
			return new Stock(Route.REVIEW, flagged,
					now.plus(Collections.min(terms.stream().map(ReviewTerms::dueIn).toList())),
					now.plus(Collections.max(terms.stream().map(ReviewTerms::expiresIn).toList())));
		}
		boolean any = all.stream().anyMatch((content) -> content.status() == Status.CLEARED);
		return new Stock(any ? Route.CONTINUE : Route.STOP, List.of(), null, null);
	}

	/**
	 * Notes at which task words wait, and reads them for it.
	 * @param tenant whose
	 * @param id which campaign
	 * @param content which words
	 * @param task the engine's id of the task
	 * @return the words
	 */
	public Doubtful waitsAt(TenantId tenant, CampaignId id, UUID content, String task) {
		this.contents.waitsAt(tenant, id, content, task);
		return doubtful(tenant, id, content);
	}

	/**
	 * Reads words for a person.
	 * @param tenant whose
	 * @param id which campaign
	 * @param content which words
	 * @return the words
	 */
	public Doubtful doubtful(TenantId tenant, CampaignId id, UUID content) {
		Campaign campaign = this.campaigns.require(tenant, id);
		CampaignContent which = this.contents.find(tenant, id, content).orElseThrow();
		SharedContent words = words(tenant, content);
		String title = "%s: %s, variant %s, %d people".formatted(campaign.brief().name(), which.archetype(),
				which.variant(), which.people());
		return new Doubtful(title, words.draft(), words.explanation(), terms(words).dueIn());
	}

	/**
	 * Keeps what a person decided, until {@link #apply} acts on it.
	 * @param tenant whose
	 * @param id which campaign
	 * @param content which words
	 * @param review the decision
	 */
	public void decided(TenantId tenant, CampaignId id, UUID content, Review review) {
		this.decisions.keep(tenant, id, content, review);
	}

	/**
	 * Acts on a decision: approved words are cleared, changed ones are inspected again,
	 * the people of rejected ones get nothing.
	 * @param tenant whose
	 * @param id which campaign
	 * @param content which words
	 * @param expired whether nobody decided in time
	 */
	public void apply(TenantId tenant, CampaignId id, UUID content, boolean expired) {
		this.decisions.apply(tenant, this.campaigns.require(tenant, id), content, expired);
	}

	/** What the agents are asked for. */
	CampaignBrief brief(Campaign campaign, ChunkRows.Phase phase) {
		return CampaignBriefs.of(campaign, phase);
	}

	private SharedContent words(TenantId tenant, UUID content) {
		return this.deliveries.content(tenant, content).orElseThrow();
	}

	/** By the table review-required, as for a message to one person. */
	private static ReviewTerms terms(SharedContent words) {
		return ReviewTerms.of(words.explanation()).orElse(ReviewTerms.USUAL);
	}

	/** Every content with what was decided about it, for the personaliser. */
	List<ReadyContent> ready(TenantId tenant, CampaignId id) {
		return this.contents.of(tenant, id).stream().map(CampaignWords::ready).toList();
	}

	private static ReadyContent ready(CampaignContent content) {
		String withheld = switch (content.status()) {
			case CLEARED -> null;
			case FLAGGED -> "words_in_review";
			case REJECTED -> "words_rejected";
		};
		return new ReadyContent(content.archetype(), content.variant(), content.content(), withheld);
	}

	private List<List<ProfileId>> people(TenantId tenant, Campaign campaign) {
		List<List<ProfileId>> batches = new ArrayList<>();
		for (int first = 1; first <= campaign.size(); first += BATCH) {
			batches.add(this.audiences.members(tenant, Objects.requireNonNull(campaign.audience()), first,
					Math.min(first + BATCH - 1, campaign.size())));
		}
		return batches;
	}

	private static CampaignContent content(ArchetypeContent written, List<ArchetypeCell> cells) {
		int people = cells.stream()
			.filter((cell) -> cell.key().equals(written.archetype()))
			.mapToInt(ArchetypeCell::people)
			.sum();
		return new CampaignContent(written.archetype(), written.variant(), written.content(), people,
				status(written.route()), written.reason(), null, null, null);
	}

	/** What the guardrail's route means for words. */
	static Status status(Route route) {
		return switch (route) {
			case CONTINUE -> Status.CLEARED;
			case REVIEW -> Status.FLAGGED;
			default -> Status.REJECTED;
		};
	}

}
