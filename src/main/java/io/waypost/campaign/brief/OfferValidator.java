package io.waypost.campaign.brief;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.waypost.access.InvalidRequestException.Violation;
import io.waypost.campaign.CampaignBrief;
import io.waypost.content.fact.Offer;
import io.waypost.content.fact.OfferRepository;
import io.waypost.content.fact.OfferVersion;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Validates the offer of a campaign brief. */
@Component
class OfferValidator {

	private static final String POINTER = "/offer";

	private final OfferRepository offers;

	private final Clock clock;

	OfferValidator(OfferRepository offers, Clock clock) {
		this.offers = offers;
		this.clock = clock;
	}

	/** Adds a violation when the brief names an offer that does not exist. */
	void exists(TenantId tenant, CampaignBrief brief, List<Violation> violations) {
		if (brief.offer() != null && this.offers.versions(tenant, brief.offer()).isEmpty()) {
			violations.add(new Violation(POINTER,
					"there is no offer '%s'; GET /api/v1/offers lists them".formatted(brief.offer())));
		}
	}

	/** Returns why a campaign with this brief must not be launched. */
	List<Violation> violations(TenantId tenant, CampaignBrief brief) {
		if (brief.offer() == null) {
			return List.of();
		}
		Optional<Offer> live = this.offers.find(tenant, brief.offer());
		return live.isEmpty() ? List.of(unapproved(tenant, brief.offer())) : violations(live.get(), brief);
	}

	/** Returns the category of the offer, null for none. */
	@Nullable String category(TenantId tenant, CampaignBrief brief) {
		return (brief.offer() == null) ? null
				: this.offers.find(tenant, brief.offer()).map((offer) -> offer.scope().category()).orElse(null);
	}

	private Violation unapproved(TenantId tenant, String key) {
		OfferVersion newest = this.offers.versions(tenant, key).getFirst();
		return new Violation(POINTER,
				"offer '%1$s' has no approved version; a user other than %3$s must approve it: POST /api/v1/offers/%1$s/versions/%2$d/approve"
					.formatted(key, newest.offer().version(), newest.createdBy()));
	}

	private List<Violation> violations(Offer offer, CampaignBrief brief) {
		List<Violation> violations = new ArrayList<>();
		LocalDate day = (brief.schedule() != null) ? LocalDate.ofInstant(brief.schedule(), this.clock.getZone())
				: LocalDate.now(this.clock);
		if (offer.hasEnded(day)) {
			violations.add(new Violation(POINTER,
					"offer '%s' ends on %s, before the send time on %s; choose another offer, or add a version with a later last day and have it approved"
						.formatted(offer.key(), offer.until(), day)));
		}
		else if (!offer.covers(day)) {
			violations.add(new Violation(POINTER,
					"offer '%s' begins on %s, after the send time on %s; schedule the campaign for that day or later"
						.formatted(offer.key(), offer.from(), day)));
		}
		String category = offer.scope().category();
		if (category != null && brief.category() != null && !category.equals(brief.category())) {
			violations.add(new Violation("/category",
					"'%s' is not the category of offer '%s', which applies to '%s'; omit the category"
						.formatted(brief.category(), offer.key(), category)));
		}
		return violations;
	}

}
