package io.waypost.content.offer;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.waypost.access.InvalidRequestException;
import io.waypost.access.InvalidRequestException.Violation;
import io.waypost.content.fact.Offer;
import io.waypost.content.ProductCatalogue;
import io.waypost.kernel.Suggestions;
import io.waypost.kernel.TenantId;

import org.springframework.stereotype.Component;

/** Checks the scope of an offer against the catalogue. */
@Component
class OfferCheck {

	private final ProductCatalogue catalogue;

	OfferCheck(ProductCatalogue catalogue) {
		this.catalogue = catalogue;
	}

	/**
	 * Returns the offer if its category and products are in the catalogue.
	 * @throws InvalidRequestException naming what is not
	 */
	Offer require(TenantId tenant, Offer offer) {
		List<Violation> violations = new ArrayList<>();
		String category = offer.scope().category();
		if (category != null) {
			Set<String> categories = this.catalogue.categories(tenant);
			if (!categories.contains(category)) {
				violations.add(new Violation("/appliesTo/category",
						"the catalogue has no category '%s'; ".formatted(category)
								+ Suggestions.closest(category, categories)
									.map("did you mean '%s'?"::formatted)
									.orElse("GET /api/v1/catalog/items shows the categories")));
			}
		}
		Set<String> known = this.catalogue.find(tenant, offer.scope().productIds()).keySet();
		List<String> ids = offer.scope().productIds();
		for (int at = 0; at < ids.size(); at++) {
			if (!known.contains(ids.get(at))) {
				violations.add(new Violation("/appliesTo/productIds/" + at,
						"the catalogue has no product '%s'; GET /api/v1/catalog/items lists them"
							.formatted(ids.get(at))));
			}
		}
		if (!violations.isEmpty()) {
			throw InvalidRequestException.badRequest(violations);
		}
		return offer;
	}

}
