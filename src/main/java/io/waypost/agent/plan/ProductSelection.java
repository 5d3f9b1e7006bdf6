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
 * Chooses the products of messages. The catalogue is read once for a whole batch; what it
 * does not know is not shown, whatever an event said.
 *
 * @param carted products that lie in somebody's cart, by id
 * @param popular best sellers by category
 * @param most how many products a message may have
 */
public record ProductSelection(Map<String, Product> cartProducts, Map<String, List<Product>> popular, int limit) {

	public static ProductSelection read(TenantId tenant, ProductCatalogue catalogue, List<Message> messages,
			Recipients known, int most) {
		Set<String> ids = new LinkedHashSet<>();
		Set<String> categories = new LinkedHashSet<>();
		for (Message message : messages) {
			switch (message.target()) {
				case MessageTarget.ForArchetype shared ->
					add(ArchetypeKey.parse(shared.cell().key()).category(), categories);
				case MessageTarget.ForRecipient personal ->
					known.features(message).ifPresent((features) -> collect(personal, features, ids, categories));
			}
		}
		return new ProductSelection(catalogue.find(tenant, ids), catalogue.bestSellers(tenant, categories, most), most);
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

	/** Units of the recipient's cart by product, in the order they were added. */
	public Map<String, Integer> cart(Features features, String cartId) {
		Map<String, Integer> quantities = new LinkedHashMap<>();
		for (CartItem item : items(features, cartId)) {
			if (this.cartProducts.containsKey(item.productId())) {
				quantities.merge(item.productId(), item.quantity(), Integer::sum);
			}
		}
		return quantities;
	}

	/** Best sellers of a category. */
	public Map<String, Integer> recommended(String category) {
		Map<String, Integer> quantities = new LinkedHashMap<>();
		this.popular.getOrDefault(category, List.of())
			.stream()
			.limit(this.limit)
			.forEach((product) -> quantities.put(product.id(), 1));
		return quantities;
	}

	/** Items of one cart, or of whichever is open when no id is given. */
	public static List<CartItem> items(Features features, String cartId) {
		List<CartItem> items = new ArrayList<>(features.cart());
		if (!cartId.isEmpty()) {
			items.removeIf((item) -> !item.cartId().equals(cartId));
		}
		return items;
	}

}
