package io.waypost.agent.write;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import io.waypost.content.fact.BrandFacts;
import io.waypost.content.fact.Offer;
import io.waypost.content.Product;
import io.waypost.kernel.Money;
import org.jspecify.annotations.Nullable;

/**
 * The known facts of a message. The writer uses nothing else.
 *
 * @param shop name of the sender
 * @param siteUrl home page of the shop
 * @param cartUrl URL of the recipient's cart, null when unknown or when its host is not
 * among the link hosts of the brand kit
 * @param lines products, most important first
 * @param inCart whether the products are in the recipient's cart; otherwise they are
 * recommendations
 * @param category the recipient's preferred category, null when unknown
 * @param orderCount completed orders
 * @param properties properties of the triggering event or the request
 * @param offer the offer to announce, null for none
 * @param brand what the shop says about itself
 * @param reason why the first product is recommended, for example {@code viewed}; null
 * when unknown
 * @param today current date, null when unknown; nothing is called new then
 */
public record ContentFacts(String shop, String siteUrl, @Nullable String cartUrl, List<ProductLine> lines,
		boolean inCart, @Nullable String category, long orderCount, Map<String, Object> properties,
		@Nullable Offer offer, BrandFacts brand, @Nullable String reason, @Nullable LocalDate today) {

	/** Property of a message with the URL of the cart. */
	public static final String CART_URL = "cart_url";

	/** Creates facts without an offer and facts of the brand. */
	public ContentFacts(String shop, String siteUrl, @Nullable String cartUrl, List<ProductLine> lines, boolean inCart,
			@Nullable String category, long orderCount, Map<String, Object> properties) {
		this(shop, siteUrl, cartUrl, lines, inCart, category, orderCount, properties, null, BrandFacts.NONE);
	}

	/** Creates facts without a reason and a date. */
	public ContentFacts(String shop, String siteUrl, @Nullable String cartUrl, List<ProductLine> lines, boolean inCart,
			@Nullable String category, long orderCount, Map<String, Object> properties, @Nullable Offer offer,
			BrandFacts brand) {
		this(shop, siteUrl, cartUrl, lines, inCart, category, orderCount, properties, offer, brand, null, null);
	}

	public ContentFacts {
		lines = List.copyOf(lines);
		properties = Map.copyOf(properties);
	}

	/**
	 * A product with its quantity.
	 *
	 * @param product the product
	 * @param quantity at least 1
	 */
	public record ProductLine(Product product, int quantity) {

		/**
		 * Returns price times quantity.
		 * @return the amount
		 */
		public Money total() {
			return new Money(product().price().amount().multiply(BigDecimal.valueOf(this.quantity)),
					product().price().currency());
		}

	}

	/**
	 * Returns what the catalogue says about the products.
	 * @param locale the language
	 * @return one text for each product
	 */
	public List<String> catalogueTexts(Locale locale) {
		return this.lines.stream().map((line) -> line.product().details().text(locale)).toList();
	}

	/**
	 * Returns the value of the cart.
	 * @return the sum, empty when there is no cart or its currencies differ
	 */
	public Optional<Money> total() {
		boolean sameCurrency = this.lines.stream()
			.map((line) -> line.product().price().currency())
			.distinct()
			.count() == 1;
		return (this.inCart && sameCurrency) ? this.lines.stream().map(ProductLine::total).reduce(Money::plus)
				: Optional.empty();
	}

}
