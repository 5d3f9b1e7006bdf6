package io.waypost.agent.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.waypost.agent.Message;
import io.waypost.agent.MessageTarget;
import io.waypost.agent.Recipients;
import io.waypost.agent.archetype.ArchetypeClassifier;
import io.waypost.agent.write.ToneRules;
import io.waypost.content.Offer;
import io.waypost.content.OfferRepository;
import io.waypost.content.Product;
import io.waypost.content.ProductCatalogue;
import io.waypost.feature.CartItem;
import io.waypost.feature.Features;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * Selects the products of messages. The catalogue is read once per batch; products that
 * are not in the catalogue are not shown, even if an event names them.
 *
 * @param knownProducts products of carts and offers, by id
 * @param popular best sellers by category
 * @param offers announced offers by the reference in the brief
 * @param limit maximum number of products of a message
 */
public record ProductSelection(Map<String, Product> knownProducts, Map<String, List<Product>> popular,
		Map<String, Offer> offers, int limit) {

	public static ProductSelection read(TenantId tenant, ProductCatalogue catalogue, OfferRepository repository,
			List<Message> messages, Recipients recipients, int limit) {
		Set<String> ids = new LinkedHashSet<>();
		Set<String> categories = new LinkedHashSet<>();
		Map<String, Offer> offers = offers(tenant, repository, messages);
		offers.values().forEach((offer) -> {
			ids.addAll(offer.scope().productIds());
			add(Objects.requireNonNullElse(offer.scope().category(), ""), categories);
		});
		for (Message message : messages) {
			switch (message.target()) {
				case MessageTarget.ForArchetype shared -> add(shared.category(), categories);
				case MessageTarget.ForRecipient personal ->
					recipients.features(message).ifPresent((features) -> collect(personal, features, ids, categories));
			}
		}
		return new ProductSelection(catalogue.find(tenant, ids), catalogue.bestSellers(tenant, categories, limit),
				offers, limit);
	}

	private static Map<String, Offer> offers(TenantId tenant, OfferRepository repository, List<Message> messages) {
		Map<String, Offer> offers = new LinkedHashMap<>();
		for (Message message : messages) {
			if (message.target() instanceof MessageTarget.ForArchetype shared && shared.brief().offer() != null) {
				String reference = shared.brief().offer();
				repository.find(tenant, reference).ifPresent((offer) -> offers.put(reference, offer));
			}
		}
		return offers;
	}

	private static void collect(MessageTarget.ForRecipient message, Features features, Set<String> ids,
			Set<String> categories) {
		if (ToneRules.isCartGoal(message.goal())) {
			features.cart().stream().map(CartItem::productId).forEach(ids::add);
		}
		else {
			add(ArchetypeClassifier.topCategory(features), categories);
		}
	}

	private static void add(String category, Set<String> categories) {
		if (!category.isEmpty()) {
			categories.add(category);
		}
	}

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

	/**
	 * Returns the products of shared content: those of the offer, else of the category.
	 */
	public Map<String, Integer> products(MessageTarget.ForArchetype shared, @Nullable Offer offer) {
		if (offer == null || shared.brief().category() != null || offer.scope().isEverything()) {
			return recommended(shared.category());
		}
		String category = offer.scope().category();
		if (category != null) {
			return recommended(category);
		}
		Map<String, Integer> quantities = new LinkedHashMap<>();
		offer.scope()
			.productIds()
			.stream()
			.filter(this.knownProducts::containsKey)
			.limit(this.limit)
			.forEach((id) -> quantities.put(id, 1));
		return quantities;
	}

	/** Returns the best sellers of a category. */
	public Map<String, Integer> recommended(String category) {
		Map<String, Integer> quantities = new LinkedHashMap<>();
		this.popular.getOrDefault(category, List.of())
			.stream()
			.limit(this.limit)
			.forEach((product) -> quantities.put(product.id(), 1));
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

}
