package io.waypost.campaign;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.waypost.agent.ArchetypeContent;
import io.waypost.agent.CampaignWriter;
import io.waypost.agent.Review;
import io.waypost.agent.Route;
import io.waypost.campaign.CampaignContent.Status;
import io.waypost.campaign.ContentRows.Decided;
import io.waypost.delivery.Deliveries;
import io.waypost.delivery.SharedContent;
import io.waypost.kernel.CampaignId;
import io.waypost.kernel.TenantId;
import io.waypost.ledger.Entry;
import io.waypost.ledger.Ledger;

import org.springframework.stereotype.Component;

/**
 * What people decide about the words of a campaign. Words never change: decided ones are
 * others, which tell of the decision, and take the place of those that were flagged.
 */
@Component
class WordsDecisions {

	private static final Review EXPIRED = new Review(Review.Decision.EXPIRED, "system", "expired", null, null);

	private final ContentRows contents;

	private final CampaignWriter writer;

	private final Deliveries deliveries;

	private final Ledger ledger;

	private final Clock clock;

	WordsDecisions(ContentRows contents, CampaignWriter writer, Deliveries deliveries, Ledger ledger, Clock clock) {
		this.contents = contents;
		this.writer = writer;
		this.deliveries = deliveries;
		this.ledger = ledger;
		this.clock = clock;
	}

	void keep(TenantId tenant, CampaignId campaign, UUID content, Review review) {
		this.contents.keep(tenant, campaign, content, review);
		record(tenant, campaign, content, review);
	}

	void apply(TenantId tenant, Campaign campaign, UUID content, boolean expired) {
		CampaignContent flagged = this.contents.find(tenant, campaign.id(), content)
			.filter((found) -> found.status() == Status.FLAGGED)
			.orElse(null);
		if (flagged == null) {
			return;
		}
		Review review = expired ? EXPIRED : this.contents.kept(tenant, campaign.id(), content);
		if (expired) {
			record(tenant, campaign.id(), content, review);
		}
		switch (review.decision()) {
			case APPROVED, CHANGED, EXPIRED -> use(tenant, campaign, flagged, review);
			case REJECTED -> this.contents.decide(tenant, campaign.id(), content,
					new Decided(content, Status.REJECTED, "review_rejected", review));
		}
	}

	private void use(TenantId tenant, Campaign campaign, CampaignContent flagged, Review review) {
		SharedContent words = this.deliveries.content(tenant, flagged.content()).orElseThrow();
		ArchetypeContent decided = this.writer.review(tenant, CampaignBriefs.of(campaign),
				new ArchetypeContent(words.id(), flagged.archetype(), flagged.variant(), words.draft(),
						words.explanation(), Route.REVIEW, flagged.reason()),
				review);
		this.deliveries.share(tenant,
				List.of(new SharedContent(decided.content(), decided.draft(), decided.explanation())));
		Status status = CampaignWords.status(decided.route());
		// Who did not look in time is not asked once more
		boolean again = status == Status.FLAGGED && review.decision() == Review.Decision.EXPIRED;
		this.contents.decide(tenant, campaign.id(), flagged.content(),
				new Decided(decided.content(), again ? Status.REJECTED : status, decided.reason(), review));
	}

	/** Who decided what; the words themselves stay off the record. */
	private void record(TenantId tenant, CampaignId campaign, UUID content, Review review) {
		this.ledger
			.record(List.of(new Entry(tenant, this.clock.instant(), "review." + CampaignRows.name(review.decision()),
					"campaign:" + campaign, review.reviewer(), Map.of("content", content.toString()))));
	}

}
