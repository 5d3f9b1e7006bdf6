package io.waypost.agent.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.waypost.agent.MessageTarget;
import io.waypost.agent.archetype.ArchetypeClassifier;
import io.waypost.agent.plan.Recommendation.RecommendationReason;
import io.waypost.content.fact.Offer;
import io.waypost.content.Product;
import io.waypost.feature.CartItem;
import io.waypost.feature.Features;
import io.waypost.ingestion.ProductActivity.ProductAction;
import io.waypost.ingestion.ProductActivity.ProductEvent;
import io.waypost.ingestion.ProductActivity.RelatedProduct;
import io.waypost.kernel.Fingerprint;
import io.waypost.kernel.ProfileId;
import org.jspecify.annotations.Nullable;

/**
 * Selects the products of messages. Products that are not in the catalogue are not shown,
 * even if an event names them.
 *
 * @param knownProducts products of carts, offers and events, by id
 * @param popular best sellers by category
 * @param topSellers best sellers of the shop
 * @param newest newest products
 * @param buyers recent buyers by product
 * @param offers announced offers by the reference in the brief
 * @param events recent actions by profile, newest first
 * @param related products that are bought together with others
 * @param limit maximum number of products of a message
 * @param now current time
 */
public record ProductSelection(Map<String, Product> knownProducts, Map<String, List<Product>> popular,
		List<Product> topSellers, List<Product> newest, Map<String, Integer> buyers, Map<String, Offer> offers,
		Map<ProfileId, List<ProductEvent>> events, Map<String, List<RelatedProduct>> related, int limit, Instant now) {

	/** A product that was bought within this time is not recommended. */
	private static final Duration JUST_BOUGHT = Duration.ofDays(60);

	/** After this time an action counts half. */
	private static final double HALF_LIFE_DAYS = 14;

	/**
	 * Share of the score by which fill-ups change places, so that recipients with the
	 * same interests do not all get the same products.
	 */
	private static final double VARIATION = 0.6;

	/**
	 * Returns the quantities in the recipient's cart by product, in the order of adding.
	 */
	public Map<String, Integer> cart(Features features, String cartId) {
		Map<String, Integer> quantities = new LinkedHashMap<>();
		for (CartItem item : items(features, cartId)) {
			if (this.knownProducts.containsKey(item.productId())) {
				quantities.merge(item.productId(), item.quantity(), Integer::sum);
			}
		}
		return quantities;
	}

	/** Returns the items of a cart, or of all open carts when no id is given. */
	public static List<CartItem> items(Features features, String cartId) {
		List<CartItem> items = new ArrayList<>(features.cart());
		if (!cartId.isEmpty()) {
			items.removeIf((item) -> !item.cartId().equals(cartId));
		}
		return items;
	}

	/**
	 * Recommends products to one recipient from views, carts, orders, the preferred
	 * category and best sellers.
	 */
	List<Recommendation> recommend(MessageTarget.ForRecipient message, Features features) {
		List<ProductEvent> own = this.events.getOrDefault(message.send().profile(), List.of());
		Set<String> justBought = new HashSet<>();
		own.stream()
			.filter((event) -> event.action() == ProductAction.BOUGHT
					&& event.at().isAfter(this.now.minus(JUST_BOUGHT)))
			.forEach((event) -> justBought.add(event.productId()));
		List<Recommendation> candidates = new ArrayList<>();
		own.forEach((event) -> addOf(event, justBought, candidates));
		String category = ArchetypeClassifier.topCategory(features);
		fillUp(category, message.seed(), candidates);
		candidates.removeIf((candidate) -> justBought.contains(candidate.product().id())
				|| !Recommender.isInStock(candidate.product()));
		return RecommendationRanking.select(candidates, this.limit);
	}

	/**
	 * Selects the products of shared content: those of the offer or the category. Shared
	 * content cannot use the actions of single recipients.
	 */
	List<Recommendation> recommend(MessageTarget.ForArchetype shared, @Nullable Offer offer) {
		List<Recommendation> candidates = new ArrayList<>();
		if (offer != null && !offer.scope().productIds().isEmpty()) {
			List<String> ids = offer.scope().productIds();
			for (int at = 0; at < ids.size(); at++) {
				Product product = this.knownProducts.get(ids.get(at));
				if (product != null) {
					candidates.add(
							Recommendation.of(product, RecommendationReason.OFFER, null, 1 - (double) at / ids.size()));
				}
			}
		}
		else {
			String category = (offer != null && offer.scope().category() != null) ? offer.scope().category()
					: shared.category();
			if (category.isEmpty()) {
				fillUp("", shared.seed(), candidates);
			}
			else {
				addCategory(category, shared.seed(), candidates);
			}
		}
		candidates.removeIf((candidate) -> !Recommender.isInStock(candidate.product()));
		return RecommendationRanking.select(candidates, this.limit);
	}

	private void addOf(ProductEvent event, Set<String> justBought, List<Recommendation> candidates) {
		double recency = Math.pow(0.5, Duration.between(event.at(), this.now).toHours() / 24.0 / HALF_LIFE_DAYS);
		Product product = this.knownProducts.get(event.productId());
		if (event.action() != ProductAction.BOUGHT && product != null && !justBought.contains(event.productId())) {
			candidates.add(Recommendation.of(product,
					(event.action() == ProductAction.ADDED) ? RecommendationReason.CART : RecommendationReason.VIEWED,
					null, recency));
		}
		RecommendationReason reason = (event.action() == ProductAction.BOUGHT) ? RecommendationReason.COMPLEMENT
				: RecommendationReason.RELATED;
		for (RelatedProduct other : this.related.getOrDefault(event.productId(), List.of())) {
			Product found = this.knownProducts.get(other.productId());
			if (found != null) {
				candidates
					.add(Recommendation.of(found, reason, event.productId(), recency * Math.min(1, 4 * other.score())));
			}
		}
	}

	private void fillUp(String category, long seed, List<Recommendation> candidates) {
		if (!category.isEmpty()) {
			addCategory(category, seed, candidates);
		}
		addPool(this.topSellers, RecommendationReason.BEST_SELLER, seed, candidates);
	}

	private void addCategory(String category, long seed, List<Recommendation> candidates) {
		addPool(this.popular.getOrDefault(category, List.of()), RecommendationReason.CATEGORY, seed, candidates);
		addPool(this.newest.stream().filter((product) -> product.category().equals(category)).toList(),
				RecommendationReason.NEW, seed, candidates);
	}

	/** Counted buyers come before the popularity that the shop declared. */
	private void addPool(List<Product> pool, RecommendationReason reason, long seed, List<Recommendation> candidates) {
		int most = pool.stream().mapToInt((product) -> this.buyers.getOrDefault(product.id(), 0)).max().orElse(0);
		for (int rank = 0; rank < pool.size(); rank++) {
			Product product = pool.get(rank);
			double declared = 1 - (double) rank / pool.size();
			double counted = (most == 0) ? declared : this.buyers.getOrDefault(product.id(), 0) / (double) most;
			double chance = (Fingerprint.of(seed, product.id()).bits() >>> 11) * 0x1.0p-53;
			candidates.add(Recommendation.of(product, reason, null,
					(1 - VARIATION) * (0.5 * declared + 0.5 * counted) + VARIATION * chance));
		}
	}

}
