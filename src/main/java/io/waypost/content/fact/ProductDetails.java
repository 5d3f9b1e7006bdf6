package io.waypost.content.fact;

import java.math.BigDecimal;
import java.text.MessageFormat;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Facts of a product besides name, category, price, image and page.
 *
 * @param kind kind of product within its category, for example {@code spade}; null when
 * unknown
 * @param brand name of the manufacturer, null when unknown
 * @param names display names by language; the product's name is used for other languages
 * @param descriptions short descriptions by language
 * @param attributes by attribute, for example {@code material}, {@code use},
 * {@code season} or {@code care}: its value by language
 * @param launched first day of sale, null when unknown
 * @param sale reduced price, null for none
 * @param rating average rating, null without reviews
 * @param stock units in stock, null when unknown
 * @param images absolute URLs of more images
 */
public record ProductDetails(@Nullable String kind, @Nullable String brand, Map<String, String> names,
		Map<String, String> descriptions, Map<String, Map<String, String>> attributes, @Nullable LocalDate launched,
		@Nullable SalePrice sale, @Nullable ProductRating rating, @Nullable Integer stock, List<String> images) {

	/** No details. */
	public static final ProductDetails NONE = new ProductDetails(null, null, Map.of(), Map.of(), Map.of(), null, null,
			null, null, List.of());

	public ProductDetails {
		names = Map.copyOf(Objects.requireNonNullElse(names, Map.of()));
		descriptions = Map.copyOf(Objects.requireNonNullElse(descriptions, Map.of()));
		attributes = Map.copyOf(Objects.requireNonNullElse(attributes, Map.of()));
		images = List.copyOf(Objects.requireNonNullElse(images, List.of()));
	}

	/**
	 * Returns the texts in a language, whose numbers and claims a message may repeat.
	 * @param locale the language
	 * @return description, attributes and rating, one per line
	 */
	public String text(Locale locale) {
		String language = locale.getLanguage();
		List<String> texts = new ArrayList<>();
		texts.add(this.descriptions.getOrDefault(language, ""));
		this.attributes.values().forEach((attribute) -> texts.add(attribute.getOrDefault(language, "")));
		texts.add((this.rating != null) ? this.rating.text(locale) : "");
		return String.join("\n", texts);
	}

	/**
	 * A reduced price.
	 *
	 * @param amount price in the currency of the product
	 * @param from first day, null when it has begun
	 * @param until last day, null when it has no end
	 */
	public record SalePrice(BigDecimal amount, @Nullable LocalDate from, @Nullable LocalDate until) {

		/**
		 * Whether the price is valid on a day.
		 * @param day the day
		 * @return true from the first to the last day
		 */
		public boolean covers(LocalDate day) {
			return (this.from == null || !this.from.isAfter(day)) && (this.until == null || !this.until.isBefore(day));
		}

	}

	/**
	 * An average rating.
	 *
	 * @param average 1 to 5
	 * @param reviews number of reviews, at least 1
	 */
	public record ProductRating(BigDecimal average, int reviews) {

		private static final Map<String, String> FORMATS = Map.of("en",
				"{0,number,0.0} out of 5 ({1,choice,1#1 review|1<{1,number,integer} reviews})", "de",
				"{0,number,0.0} von 5 ({1,choice,1#1 Bewertung|1<{1,number,integer} Bewertungen})", "fr",
				"{0,number,0.0} sur 5 ({1,choice,1#1 avis|1<{1,number,integer} avis})");

		/**
		 * Describes the rating.
		 * @param locale language and region
		 * @return for example {@code 4.7 out of 5 (213 reviews)}
		 */
		public String text(Locale locale) {
			String format = FORMATS.getOrDefault(locale.getLanguage(), FORMATS.getOrDefault("en", ""));
			return new MessageFormat(format, locale).format(new Object[] { this.average, this.reviews });
		}

	}

}
