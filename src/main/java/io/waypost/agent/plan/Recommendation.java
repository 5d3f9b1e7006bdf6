package io.waypost.agent.plan;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import io.waypost.content.Product;
import org.jspecify.annotations.Nullable;

/**
 * A recommended product with the reason, which is kept in the explanation.
 *
 * @param product the product
 * @param reason why it is recommended
 * @param because the product that it was found by, null for none
 * @param score 0 to 1; higher scores come first
 */
record Recommendation(Product product, RecommendationReason reason, @Nullable String because, double score) {

	/** Why a product is recommended, most personal first. */
	enum RecommendationReason {

		/** Left in a cart. */
		CART(1.0),

		/** Often bought together with a product that the recipient bought. */
		COMPLEMENT(0.95),

		/** Viewed and not bought. */
		VIEWED(0.85),

		/** Often bought together with a product in the cart or that was viewed. */
		RELATED(0.7),

		/** Popular in the preferred category. */
		CATEGORY(0.45),

		/** New in the preferred category. */
		NEW(0.42),

		/** Popular in the shop; fills up. */
		BEST_SELLER(0.2),

		/** Part of the offer. */
		OFFER(0.9);

		private final double weight;

		RecommendationReason(double weight) {
			this.weight = weight;
		}

		String key() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

	/**
	 * Weighs a reason.
	 * @param strength 0 to 1, how strongly it applies
	 */
	static Recommendation of(Product product, RecommendationReason reason, @Nullable String because, double strength) {
		return new Recommendation(product, reason, because, reason.weight * (0.5 + 0.5 * strength));
	}

	/** Returns the entry in an explanation. */
	Map<String, Object> explained() {
		Map<String, Object> entry = new LinkedHashMap<>();
		entry.put("product", this.product.id());
		entry.put("reason", this.reason.key());
		if (this.because != null) {
			entry.put("because", this.because);
		}
		entry.put("score", Math.round(this.score * 1000) / 1000.0);
		return entry;
	}

}
