package io.waypost.agent.write;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.waypost.content.Product;
import io.waypost.kernel.Money;
import org.jspecify.annotations.Nullable;

/**
 * What words may rest on. Whatever is not here cannot be said.
 *
 * @param shop name of the sender
 * @param siteUrl the shop's own page
 * @param cartUrl where the recipient's cart lies, null when unknown or not among the
 * brand's link hosts
 * @param lines products, most important first
 * @param inCart whether the products lie in the recipient's cart; else they are
 * recommended
 * @param category the category the recipient leans to, null when unknown
 * @param orderCount completed orders
 * @param properties what the caller sent along
 */
public record ContentFacts(String shop, String siteUrl, @Nullable String cartUrl, List<ProductLine> lines,
		boolean inCart, @Nullable String category, long orderCount, Map<String, Object> properties) {

	/** The property of a message that holds where its cart lies. */
	public static final String CART_URL = "cart_url";

	public ContentFacts {
		lines = List.copyOf(lines);
		properties = Map.copyOf(properties);
	}

	/**
	 * A product and how many of it.
	 *
	 * @param product the catalogue fact
	 * @param quantity at least 1
	 */
	public record ProductLine(Product product, int quantity) {

		/**
		 * Price times quantity.
		 * @return the amount
		 */
		public Money total() {
			return new Money(product().price().amount().multiply(BigDecimal.valueOf(this.quantity)),
					product().price().currency());
		}

	}

	/**
	 * What the cart is worth.
	 * @return the sum, or empty when nothing is in the cart or currencies differ
	 */
	public Optional<Money> total() {
		boolean oneCurrency = this.lines.stream()
			.map((line) -> line.product().price().currency())
			.distinct()
			.count() == 1;
		return (this.inCart && oneCurrency) ? this.lines.stream().map(ProductLine::total).reduce(Money::plus)
				: Optional.empty();
	}

}
