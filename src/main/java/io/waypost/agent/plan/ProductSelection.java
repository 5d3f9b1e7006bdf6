package io.waypost.agent.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.waypost.agent.Message;
import io.waypost.agent.MessageTarget;
import io.waypost.agent.Recipients;
import io.waypost.agent.archetype.ArchetypeClassifier;
import io.waypost.agent.archetype.ArchetypeKey;
import io.waypost.agent.write.ToneRules;
import io.waypost.content.Product;
import io.waypost.content.ProductCatalogue;
import io.waypost.feature.CartItem;
import io.waypost.feature.Features;
import io.waypost.kernel.TenantId;

/**
 * Selects the products of messages. The catalogue is read once per batch; products that
 * are not in the catalogue are not shown, even if an event names them.
 *
 * @param cartProducts products in the recipients' carts, by id
 * @param popular best sellers by category
 * @param limit maximum number of products of a message
 */
public record ProductSelection(Map<String, Product> cartProducts, Map<String, List<Product>> popular, int limit) {

	public static ProductSelection read(TenantId tenant, ProductCatalogue catalogue, List<Message> messages,
			Recipients recipients, int limit) {
		Set<String> ids = new LinkedHashSet<>();
		Set<String> categories = new LinkedHashSet<>();
		for (Message message : messages) {
			switch (message.target()) {
				case MessageTarget.ForArchetype shared ->
					add(ArchetypeKey.parse(shared.archetype().key()).category(), categories);
				case MessageTarget.ForRecipient personal ->
					recipients.features(message).ifPresent((features) -> collect(personal, features, ids, categories));
			}
		}
		return new ProductSelection(catalogue.find(tenant, ids), catalogue.bestSellers(tenant, categories, limit),
				limit);
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
		if (!category.isEmpty() && !category.equals(ArchetypeKey.ANY)) {
			categories.add(category);
		}
	}

	/**
	 * Returns the quantities in the recipient's cart by product, in the order of adding.
	 */
	public Map<String, Integer> cart(Features features, String cartId) {
		Map<String, Integer> quantities = new LinkedHashMap<>();
		for (CartItem item : items(features, cartId)) {
			if (this.cartProducts.containsKey(item.productId())) {
				quantities.merge(item.productId(), item.quantity(), Integer::sum);
			}
		}
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
