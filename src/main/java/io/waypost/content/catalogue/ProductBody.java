package io.waypost.content.catalogue;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import io.waypost.access.InvalidRequestException.Violation;
import io.waypost.content.CatalogueItem;
import io.waypost.content.Product;
import io.waypost.content.fact.AbsoluteUrl;
import io.waypost.content.fact.ProductDetails;
import io.waypost.kernel.Money;
import org.jspecify.annotations.Nullable;

/**
 * Request and response body of a catalogue item.
 *
 * @param id the shop's id
 * @param name display name
 * @param category top-level category
 * @param price list price
 * @param currency ISO 4217 code
 * @param imageUrl absolute URL, or null
 * @param url page of the product
 * @param popularity relative sales, or null
 * @param kind kind within the category, or null
 * @param brand manufacturer, or null
 * @param names display names by language, or null
 * @param descriptions short descriptions by language, or null
 * @param attributes by attribute its value by language, or null
 * @param launchDate first day of sale, or null
 * @param salePrice reduced price, or null
 * @param saleFrom first day of the reduced price, or null
 * @param saleUntil last day of the reduced price, or null
 * @param rating average rating, 1 to 5, or null
 * @param reviews number of reviews, or null
 * @param stock units in stock, or null when unknown
 * @param images more images, or null
 */
record ProductBody(@Nullable String id, @Nullable String name, @Nullable String category, @Nullable BigDecimal price,
		@Nullable String currency, @Nullable String imageUrl, @Nullable String url, @Nullable Integer popularity,
		@Nullable String kind, @Nullable String brand, @Nullable Map<String, String> names,
		@Nullable Map<String, String> descriptions, @Nullable Map<String, Map<String, String>> attributes,
		@Nullable LocalDate launchDate, @Nullable BigDecimal salePrice, @Nullable LocalDate saleFrom,
		@Nullable LocalDate saleUntil, @Nullable BigDecimal rating, @Nullable Integer reviews, @Nullable Integer stock,
		@Nullable List<String> images) {

	private static final Pattern LINE = Pattern.compile("[^\\p{Cntrl}]{1,200}");

	static final BigDecimal MAX_PRICE = BigDecimal.valueOf(100_000_000);

	static ProductBody of(CatalogueItem item) {
		Product product = item.product();
		ProductDetails details = product.details();
		ProductDetails.SalePrice sale = details.sale();
		ProductDetails.ProductRating rated = details.rating();
		return new ProductBody(product.id(), product.name(), product.category(), product.price().amount(),
				product.price().currency().getCurrencyCode(), product.imageUrl(), product.url(), item.popularity(),
				details.kind(), details.brand(), details.names(), details.descriptions(), details.attributes(),
				details.launched(), (sale != null) ? sale.amount() : null, (sale != null) ? sale.from() : null,
				(sale != null) ? sale.until() : null, (rated != null) ? rated.average() : null,
				(rated != null) ? rated.reviews() : null, details.stock(), details.images());
	}

	/**
	 * Validates the item.
	 * @param pointer JSON pointer to the item
	 * @param violations receives the violations
	 * @return the item, or null when it has violations
	 */
	@Nullable CatalogueItem toItem(String pointer, List<Violation> violations) {
		int before = violations.size();
		String key = text(pointer + "/id", this.id, "the shop's id, up to 200 characters", ProductBody::isLine,
				violations);
		String title = text(pointer + "/name", this.name, "one line of up to 200 characters", ProductBody::isLine,
				violations);
		String group = text(pointer + "/category", this.category, "one line of up to 200 characters",
				ProductBody::isLine, violations);
		String page = text(pointer + "/url", this.url, "an absolute http(s) URL with a host name",
				AbsoluteUrl::hasNamedHost, violations);
		if (this.imageUrl != null) {
			text(pointer + "/imageUrl", this.imageUrl, "an absolute http(s) URL with a host name",
					AbsoluteUrl::hasNamedHost, violations);
		}
		Currency unit = currency(pointer, violations);
		BigDecimal amount = amount(pointer, violations);
		ProductDetails details = new ProductDetailsParser(pointer, violations).parse(this);
		if (violations.size() > before || unit == null || amount == null) {
			return null;
		}
		int rank = (this.popularity != null) ? this.popularity : 0;
		return new CatalogueItem(new Product(key, title, group, new Money(amount, unit), this.imageUrl, page, details),
				rank);
	}

	private @Nullable Currency currency(String pointer, List<Violation> violations) {
		try {
			return Currency.getInstance(String.valueOf(this.currency));
		}
		catch (IllegalArgumentException ex) {
			violations.add(new Violation(pointer + "/currency",
					"'%s' is not an ISO 4217 code such as EUR".formatted(this.currency)));
			return null;
		}
	}

	private @Nullable BigDecimal amount(String pointer, List<Violation> violations) {
		if (this.price == null || this.price.signum() < 0 || this.price.compareTo(MAX_PRICE) > 0
				|| this.price.scale() > 6) {
			violations.add(new Violation(pointer + "/price",
					"'%s' is not a price between 0 and %s in units of the currency".formatted(this.price, MAX_PRICE)));
			return null;
		}
		return this.price;
	}

	private static String text(String pointer, @Nullable String value, String expected, Predicate<String> valid,
			List<Violation> violations) {
		if (value == null || value.isBlank() || !valid.test(value)) {
			violations.add(new Violation(pointer,
					((value == null) ? "is missing" : "'" + value + "' is not valid") + "; it must be " + expected));
			return "";
		}
		return value.strip();
	}

	static boolean isLine(String value) {
		return LINE.matcher(value).matches();
	}

}
