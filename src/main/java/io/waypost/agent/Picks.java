package io.waypost.agent;

import java.util.ArrayList;
import java.util.Collection;
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

	static Picks read(TenantId tenant, Catalogue catalogue, List<Message> messages, Collection<Features> features,
			int most) {
		boolean carts = messages.stream().anyMatch((message) -> Goals.aboutCart(message.send().template()));
		boolean others = messages.stream().anyMatch((message) -> !Goals.aboutCart(message.send().template()));
		Set<String> ids = new LinkedHashSet<>();
		Set<String> categories = new LinkedHashSet<>();
		for (Features known : features) {
			known.cart().stream().map(CartItem::productId).filter((id) -> carts).forEach(ids::add);
			known.categoryAffinity().keySet().stream().limit(1).filter((category) -> others).forEach(categories::add);
		}
		return new Picks(catalogue.find(tenant, ids), catalogue.popular(tenant, categories, most), most);
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

	/** Best sellers of the category the recipient leans to. */
	Map<String, Integer> recommended(Features features) {
		Map<String, Integer> quantities = new LinkedHashMap<>();
		features.categoryAffinity()
			.keySet()
			.stream()
			.limit(1)
			.flatMap((category) -> this.popular.getOrDefault(category, List.of()).stream())
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
