package io.waypost.agent.preview;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * Request body of an inspection.
 *
 * @param locale BCP 47 tag of the texts
 * @param subject one line
 * @param preheader preview text, none when null
 * @param text body, paragraphs separated by blank lines
 * @param items products shown, none when null
 * @param callToAction the button, none when null
 * @param facts what the content may say besides the catalogue, none when null
 * @param template key of a template; the content may repeat numbers and claims of its
 * approved version
 * @param userId user id of the recipient, whose identifiers must not occur
 * @param goal purpose of the e-mail, for example {@code cart} or {@code announcement};
 * null when it is not to be scored
 */
record InspectionBody(@Nullable String locale, @Nullable String subject, @Nullable String preheader,
		@Nullable String text, @Nullable List<Item> items, @Nullable Button callToAction, @Nullable Facts facts,
		@Nullable String template, @Nullable String userId, @Nullable String goal) {

	/**
	 * A product shown. What is left out is taken from the product.
	 *
	 * @param productId id of a product of the facts or of the catalogue
	 * @param name as shown
	 * @param price as shown, with its currency
	 * @param quantity at least 1, 1 when null
	 * @param imageUrl absolute URL
	 * @param url absolute URL of the product page
	 */
	record Item(@Nullable String productId, @Nullable String name, @Nullable String price, @Nullable Integer quantity,
			@Nullable String imageUrl, @Nullable String url) {

	}

	/**
	 * The button, in JSON also as a string: its label.
	 *
	 * @param label its text
	 * @param url absolute URL, the home page of the brand when null
	 */
	record Button(@Nullable String label, @Nullable String url) {

		@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
		static Button of(String label) {
			return new Button(label, null);
		}

		@JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
		static Button of(@JsonProperty("label") @Nullable String label, @JsonProperty("url") @Nullable String url) {
			return new Button(label, url);
		}

	}

	/**
	 * Declared facts.
	 *
	 * @param products products that the content may name
	 * @param offers offers that the content may announce
	 * @param dates dates that the content may name even if they are past
	 */
	record Facts(@Nullable List<FactProduct> products, @Nullable List<FactOffer> offers,
			@Nullable List<LocalDate> dates) {

	}

	/**
	 * A product. With an id alone it is read from the catalogue.
	 *
	 * @param id the shop's id
	 * @param name display name
	 * @param category category, may be null
	 * @param price price of one unit
	 * @param currency ISO 4217 code
	 * @param imageUrl absolute URL
	 * @param url absolute URL of the product page
	 */
	record FactProduct(@Nullable String id, @Nullable String name, @Nullable String category,
			@Nullable BigDecimal price, @Nullable String currency, @Nullable String imageUrl, @Nullable String url) {

	}

	/**
	 * An offer, in JSON also as a string: its terms.
	 *
	 * @param terms the offer in words; the content may repeat its numbers and claims
	 * @param percent discount in percent
	 * @param amount discount or price
	 * @param currency ISO 4217 code of the amount
	 * @param code code to enter at the checkout
	 * @param from first day
	 * @param until last day
	 * @param url page of the offer
	 */
	record FactOffer(@Nullable String terms, @Nullable BigDecimal percent, @Nullable BigDecimal amount,
			@Nullable String currency, @Nullable String code, @Nullable LocalDate from, @Nullable LocalDate until,
			@Nullable String url) {

		@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
		static FactOffer of(String terms) {
			return new FactOffer(terms, null, null, null, null, null, null, null);
		}

		@JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
		static FactOffer of(@JsonProperty("terms") @Nullable String terms,
				@JsonProperty("percent") @Nullable BigDecimal percent,
				@JsonProperty("amount") @Nullable BigDecimal amount,
				@JsonProperty("currency") @Nullable String currency, @JsonProperty("code") @Nullable String code,
				@JsonProperty("from") @Nullable LocalDate from, @JsonProperty("until") @Nullable LocalDate until,
				@JsonProperty("url") @Nullable String url) {
			return new FactOffer(terms, percent, amount, currency, code, from, until, url);
		}

	}

}
