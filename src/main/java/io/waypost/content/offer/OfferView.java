package io.waypost.content.offer;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

import io.waypost.content.fact.Offer;
import io.waypost.content.fact.OfferVersion;
import org.jspecify.annotations.Nullable;

/**
 * Response body of an offer version; the fields of {@link OfferBody} and the approval.
 */
record OfferView(String key, int version, AppliesTo appliesTo, @Nullable BigDecimal percent,
		@Nullable BigDecimal amount, @Nullable String currency, @Nullable String code, @Nullable LocalDate from,
		@Nullable LocalDate until, @Nullable String url, Map<String, String> names, Map<String, String> terms,
		boolean live, String createdBy, Instant createdAt, @Nullable String approvedBy, @Nullable Instant approvedAt) {

	/**
	 * What an offer applies to.
	 *
	 * @param category a category of the catalogue, or null
	 * @param productIds products, or null
	 * @param everything true for the whole catalogue, else null
	 */
	record AppliesTo(@Nullable String category, @Nullable List<String> productIds, @Nullable Boolean everything) {

	}

	static OfferView of(OfferVersion version) {
		Offer offer = version.offer();
		Offer.OfferScope scope = offer.scope();
		return new OfferView(offer.key(), offer.version(),
				new AppliesTo(scope.category(), scope.productIds().isEmpty() ? null : scope.productIds(),
						scope.isEverything() ? true : null),
				offer.percent(), (offer.amount() != null) ? offer.amount().amount() : null,
				(offer.amount() != null) ? offer.amount().currency().getCurrencyCode() : null, offer.code(),
				offer.from(), offer.until(), offer.url(), offer.names(), offer.terms(), version.live(),
				version.createdBy(), version.createdAt(), version.approvedBy(), version.approvedAt());
	}

}
