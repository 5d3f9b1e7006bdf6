package io.waypost.content.fact;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import io.waypost.kernel.Money;
import org.jspecify.annotations.Nullable;

/**
 * One version of an offer: a discount that a message may announce. It never changes;
 * other terms need another version.
 *
 * @param key key of the offer
 * @param version version number
 * @param scope what it applies to
 * @param percent discount in percent, null for a discount in money
 * @param amount discount in money, null for a discount in percent
 * @param code code to enter at the checkout, null for none
 * @param from first day, null when it has begun
 * @param until last day, null when it has no end
 * @param url page of the offer, null for the home page of the shop
 * @param names by language, what is reduced, as it follows "20 % off" in a sentence
 * @param terms by language, conditions that every announcement repeats
 */
public record Offer(String key, int version, OfferScope scope, @Nullable BigDecimal percent, @Nullable Money amount,
		@Nullable String code, @Nullable LocalDate from, @Nullable LocalDate until, @Nullable String url,
		Map<String, String> names, Map<String, String> terms) {

	public Offer {
		names = Map.copyOf(names);
		terms = Map.copyOf(terms);
	}

	/**
	 * What an offer applies to.
	 *
	 * @param category category of the catalogue, null for none
	 * @param productIds products, empty for none. With neither a category nor products
	 * the offer applies to the whole catalogue
	 */
	public record OfferScope(@Nullable String category, List<String> productIds) {

		public OfferScope {
			productIds = List.copyOf(productIds);
		}

		/**
		 * Returns whether the offer applies to the whole catalogue.
		 * @return true without a category and products
		 */
		public boolean isEverything() {
			return this.category == null && this.productIds.isEmpty();
		}

	}

	/**
	 * Returns the key with the version.
	 * @return for example {@code seeds@3}
	 */
	public String reference() {
		return this.key + '@' + this.version;
	}

	/**
	 * Returns the id of the fact that this offer is.
	 * @return for example {@code offer:seeds@3}
	 */
	public String factId() {
		return "offer:" + reference();
	}

	/**
	 * Whether the last day is over.
	 * @param today current date
	 * @return false without a last day
	 */
	public boolean hasEnded(LocalDate today) {
		return this.until != null && this.until.isBefore(today);
	}

	/**
	 * Whether the offer is valid on a day.
	 * @param day the day
	 * @return true from the first to the last day
	 */
	public boolean covers(LocalDate day) {
		return !hasEnded(day) && (this.from == null || !this.from.isAfter(day));
	}

	/**
	 * Returns the name in a language.
	 * @param locale the language
	 * @return what is reduced, empty when it has no name in this language
	 */
	public Optional<String> name(Locale locale) {
		return Optional.ofNullable(this.names.get(locale.getLanguage()));
	}

	/**
	 * Returns this offer with another name in one language.
	 * @param locale the language
	 * @param name what is reduced
	 * @return the same version of the offer
	 */
	public Offer named(Locale locale, String name) {
		Map<String, String> named = new TreeMap<>(this.names);
		named.put(locale.getLanguage(), name);
		return new Offer(this.key, this.version, this.scope, this.percent, this.amount, this.code, this.from,
				this.until, this.url, named, this.terms);
	}

}
