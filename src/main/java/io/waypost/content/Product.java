package io.waypost.content;

import java.time.LocalDate;
import java.util.Locale;

import io.waypost.content.fact.CategoryNames;
import io.waypost.content.fact.ProductDetails;
import io.waypost.kernel.Money;
import org.jspecify.annotations.Nullable;

/**
 * A product of the catalogue, the only source of product names, prices and links in a
 * message.
 *
 * @param id the shop's id
 * @param name display name
 * @param category top-level category
 * @param price price of one unit, today's price where the catalogue is read for messages
 * @param imageUrl absolute URL, may be null
 * @param url absolute URL of the product page
 * @param details more facts
 */
public record Product(String id, String name, String category, Money price, @Nullable Money formerPrice,
		@Nullable String imageUrl, String url, ProductDetails details) {

	/**
	 * Creates a product without a reduced price.
	 * @param id the shop's id
	 * @param name display name
	 * @param category top-level category
	 * @param price price of one unit
	 * @param imageUrl absolute URL, may be null
	 * @param url absolute URL of the product page
	 * @param details further facts
	 */
	public Product(String id, String name, String category, Money price, @Nullable String imageUrl, String url,
			ProductDetails details) {
		this(id, name, category, price, null, imageUrl, url, details);
	}

	/**
	 * Creates a product without details.
	 * @param id the shop's id
	 * @param name display name
	 * @param category top-level category
	 * @param price price of one unit
	 * @param imageUrl absolute URL, may be null
	 * @param url absolute URL of the product page
	 */
	public Product(String id, String name, String category, Money price, @Nullable String imageUrl, String url) {
		this(id, name, category, price, imageUrl, url, ProductDetails.NONE);
	}

	/**
	 * Returns the product with the names of a language.
	 * @param locale the language
	 * @param categories names of the categories
	 * @return this product if it has no other names
	 */
	public Product in(Locale locale, CategoryNames categories) {
		String ownName = this.details.names().getOrDefault(locale.getLanguage(), this.name);
		String ownCategory = categories.in(this.category, locale);
		return (ownName.equals(this.name) && ownCategory.equals(this.category)) ? this : new Product(this.id, ownName,
				ownCategory, this.price, this.formerPrice, this.imageUrl, this.url, this.details);
	}

	/**
	 * Returns the product with the price of a day.
	 * @param day the day
	 * @return the product with its sale price and the list price as former price, or this
	 * product when no reduction is valid
	 */
	public Product on(LocalDate day) {
		ProductDetails.SalePrice sale = this.details.sale();
		return (sale == null || !sale.covers(day)) ? this : new Product(this.id, this.name, this.category,
				new Money(sale.amount(), this.price.currency()), this.price, this.imageUrl, this.url, this.details);
	}

}
