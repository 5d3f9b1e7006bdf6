package io.waypost.agent;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.waypost.content.Catalogue;
import io.waypost.content.Product;
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
record Picks(Map<String, Product> carted, Map<String, List<Product>> popular, int most) {

	static Picks read(TenantId tenant, Catalogue catalogue, List<Message> messages, Recipients known, int most) {
		Set<String> ids = new LinkedHashSet<>();
		Set<String> categories = new LinkedHashSet<>();
		for (Message message : messages) {
			switch (message.intent()) {
				case Intent.Shared shared -> add(ArchetypeKey.parse(shared.cell().key()).category(), categories);
				case Intent.Personal personal ->
					known.features(message).ifPresent((features) -> want(personal, features, ids, categories));
			}
		}
		return new Picks(catalogue.find(tenant, ids), catalogue.popular(tenant, categories, most), most);
	}

	private static void want(Intent.Personal message, Features features, Set<String> ids, Set<String> categories) {
		if (Goals.aboutCart(message.goal())) {
			features.cart().stream().map(CartItem::productId).forEach(ids::add);
		}
		else {
			add(ArchetypeReader.leaning(features), categories);
		}
	}

	private static void add(String category, Set<String> categories) {
		if (!category.isEmpty() && !category.equals(ArchetypeKey.ANY)) {
			categories.add(category);
		}
	}

	/** Units of the recipient's cart by product, in the order they were added. */
	Map<String, Integer> cart(Features features, String cartId) {
		Map<String, Integer> quantities = new LinkedHashMap<>();
		for (CartItem item : items(features, cartId)) {
			if (this.carted.containsKey(item.productId())) {
				quantities.merge(item.productId(), item.quantity(), Integer::sum);
			}
		}
		return quantities;
	}

	/** Best sellers of a category. */
	Map<String, Integer> recommended(String category) {
		Map<String, Integer> quantities = new LinkedHashMap<>();
		this.popular.getOrDefault(category, List.of())
			.stream()
			.limit(this.most)
			.forEach((product) -> quantities.put(product.id(), 1));
		return quantities;
	}

	/** Items of one cart, or of whichever is open when no id is given. */
	static List<CartItem> items(Features features, String cartId) {
		List<CartItem> items = new ArrayList<>(features.cart());
		if (!cartId.isEmpty()) {
			items.removeIf((item) -> !item.cartId().equals(cartId));
		}
		return items;
	}

}
