package io.waypost.campaign.content;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.waypost.agent.CampaignContentWriter;
import io.waypost.agent.Route;
import io.waypost.agent.archetype.ArchetypeContent;
import io.waypost.agent.review.Review;
import io.waypost.campaign.Campaign;
import io.waypost.campaign.CampaignContent;
import io.waypost.campaign.CampaignContent.ContentStatus;
import io.waypost.campaign.CampaignContents;
import io.waypost.campaign.CampaignRepository;
import io.waypost.campaign.content.CampaignContentRepository.ContentDecision;
import io.waypost.delivery.SharedContent;
import io.waypost.delivery.SharedContents;
import io.waypost.kernel.CampaignId;
import io.waypost.kernel.TenantId;
import io.waypost.ledger.Ledger;
import io.waypost.ledger.LedgerEntry;

import org.springframework.stereotype.Component;

/**
 * Applies reviews to the content of a campaign. Content is immutable: a review creates
 * new content with the decision in its explanation, which replaces the flagged content.
 */
@Component
public class ContentReviewDecisions {

	private static final Review EXPIRED = new Review(Review.ReviewDecision.EXPIRED, "system", "expired", null, null);

	private final CampaignContentRepository contents;

	private final CampaignContentWriter writer;

	private final SharedContents shared;

	private final Ledger ledger;

	private final Clock clock;

	ContentReviewDecisions(CampaignContentRepository contents, CampaignContentWriter writer, SharedContents shared,
			Ledger ledger, Clock clock) {
		this.contents = contents;
		this.writer = writer;
		this.shared = shared;
		this.ledger = ledger;
		this.clock = clock;
	}

	/**
	 * Stores a reviewer's decision until it is applied.
	 * @return false if the task has a decision
	 */
	public boolean saveDecision(TenantId tenant, CampaignId campaign, UUID content, String task, Review review) {
		if (!this.contents.saveDecision(tenant, campaign, content, task, review)) {
			return false;
		}
		record(tenant, campaign, content, review);
		return true;
	}

	public void applyDecision(TenantId tenant, Campaign campaign, UUID content, boolean expired) {
		CampaignContent flagged = this.contents.find(tenant, campaign.id(), content)
			.filter((found) -> found.status() == ContentStatus.FLAGGED)
			.orElse(null);
		if (flagged == null) {
			return;
		}
		Review review = expired ? EXPIRED : this.contents.decision(tenant, campaign.id(), content);
		if (expired) {
			record(tenant, campaign.id(), content, review);
		}
		switch (review.decision()) {
			case APPROVED, CHANGED, EXPIRED -> use(tenant, campaign, flagged, review);
			case REJECTED -> this.contents.decide(tenant, campaign.id(), content,
					new ContentDecision(content, ContentStatus.REJECTED, "review_rejected", review));
		}
	}

	private void use(TenantId tenant, Campaign campaign, CampaignContent flagged, Review review) {
		SharedContent content = this.shared.find(tenant, flagged.content()).orElseThrow();
		ArchetypeContent decided = this.writer.review(
				tenant, ContentBriefFactory.of(campaign), new ArchetypeContent(content.id(), flagged.archetype(),
						flagged.variant(), content.draft(), content.explanation(), Route.REVIEW, flagged.reason()),
				review);
		this.shared.store(tenant,
				List.of(new SharedContent(decided.content(), decided.draft(), decided.explanation())));
		ContentStatus status = CampaignContents.status(decided.route());
		// After an expired review the content is not reviewed again
		boolean again = status == ContentStatus.FLAGGED && review.decision() == Review.ReviewDecision.EXPIRED;
		this.contents.decide(tenant, campaign.id(), flagged.content(), new ContentDecision(decided.content(),
				again ? ContentStatus.REJECTED : status, decided.reason(), review));
	}

	/** Records the decision; the ledger does not contain the content. */
	private void record(TenantId tenant, CampaignId campaign, UUID content, Review review) {
		this.ledger.record(List
			.of(new LedgerEntry(tenant, this.clock.instant(), "review." + CampaignRepository.name(review.decision()),
					"campaign:" + campaign, review.reviewer(), Map.of("content", content.toString()))));
	}

}
