package io.waypost.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.waypost.agent.write.ContentFacts;
import io.waypost.content.BrandKit;
import io.waypost.content.Product;
import io.waypost.content.ProductNames;
import io.waypost.kernel.Money;
import org.jspecify.annotations.Nullable;

/** Products, brand kit and content facts of a small shop. */
public final class ShopFixture {

	/** The products; the last two are not used in content facts. */
	public static final List<Product> PRODUCTS = List.of(product("p1", "Linen Apron", "Kitchen", "34.90"),
			product("p2", "Enamel Mug 350 ml", "Kitchen", "12.50"),
			product("p3", "Walnut Cutting Board", "Kitchen", "1249.00"),
			product("p4", "SET OF 6 RED SPOTTY PARTY CUPS", "Party", "4.95"),
			product("p5", "Wool Blanket \"Nordlicht\"", "Home & Garden", "89.00"),
			product("p6", "Garden Shears", "Home & Garden", "27.30"),
			product("x1", "Copper Kettle", "Kitchen", "79.00"),
			product("x2", "Beeswax Candles", "Home & Garden", "15.20"));

	/** Brand kit of the shop. */
	public static final BrandKit BRAND = new BrandKit(3, "Hearth & Field", "hello@hearth.example",
			List.of("Hearth & Field Ltd", "12 Mill Lane", "Bath BA1 1AA", "United Kingdom"), "https://hearth.example",
			"https://hearth.example/logo.png", "#0b6e4f",
			Set.of("hearth.example", "www.hearth.example", "shop.example"), Set.of("cheap", "bargain"));

	private ShopFixture() {
	}

	/** Names of all its products. */
	public static ProductNames names() {
		return new ProductNames(PRODUCTS.stream().map(Product::name).toList());
	}

	/** Facts with the first products; each of them once, the second twice. */
	public static ContentFacts facts(int products, boolean inCart, @Nullable String category, long orders) {
		List<ContentFacts.ProductLine> lines = new ArrayList<>();
		for (int i = 0; i < products; i++) {
			lines.add(new ContentFacts.ProductLine(PRODUCTS.get(i), (i == 1) ? 2 : 1));
		}
		return new ContentFacts(BRAND.senderName(), BRAND.siteUrl(), null, lines, inCart, category, orders, Map.of());
	}

	private static Product product(String id, String name, String category, String price) {
		return new Product(id, name, category, Money.of(price, "EUR"), "https://hearth.example/img/" + id + ".jpg",
				"https://hearth.example/p/" + id);
	}

}
