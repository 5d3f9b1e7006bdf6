package io.waypost.content.offer;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

import io.waypost.access.InvalidRequestException;
import io.waypost.access.InvalidRequestException.Violation;
import io.waypost.content.fact.AbsoluteUrl;
import io.waypost.content.fact.Offer;
import io.waypost.kernel.Money;
import org.jspecify.annotations.Nullable;

/**
 * Request body for a new version of an offer.
 *
 * @param key key of the offer
 * @param appliesTo a category, products or everything
 * @param percent discount in percent, or null
 * @param amount discount in money, or null
 * @param currency ISO 4217 code of the amount
 * @param code code to enter at the checkout, or null
 * @param from first day, or null
 * @param until last day, or null
 * @param url page of the offer, or null
 * @param names by language, what is reduced, for example {@code {"en": "seeds"}}
 * @param terms by language, conditions that every announcement repeats
 */
record OfferBody(@Nullable String key, OfferView.@Nullable AppliesTo appliesTo, @Nullable BigDecimal percent,
		@Nullable BigDecimal amount, @Nullable String currency, @Nullable String code, @Nullable LocalDate from,
		@Nullable LocalDate until, @Nullable String url, @Nullable Map<String, String> names,
		@Nullable Map<String, String> terms) {

	private static final Pattern KEY = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?");

	private static final Pattern CODE = Pattern.compile("[\\p{L}\\p{N}_-]{1,40}");

	private static final Pattern LINE = Pattern.compile("[^\\p{Cntrl}{}<>]{1,200}");

	private static final Set<String> LANGUAGES = Set.of(Locale.getISOLanguages());

	private static final BigDecimal MAX_PERCENT = BigDecimal.valueOf(100);

	private static final int MAX_PRODUCTS = 500;

	/**
	 * Validates the request.
	 * @return the offer with version 0
	 * @throws InvalidRequestException with every violation
	 */
	Offer toOffer(LocalDate today) {
		List<Violation> violations = new ArrayList<>();
		if (this.key == null || !KEY.matcher(this.key).matches()) {
			add(violations, "/key", this.key, "1 to 64 lower-case letters, digits and hyphens, for example seeds-20");
		}
		if (this.code != null && !CODE.matcher(this.code).matches()) {
			add(violations, "/code", this.code, "a code of up to 40 letters, digits, hyphens and underscores");
		}
		if (this.url != null && !AbsoluteUrl.isAbsolute(this.url)) {
			add(violations, "/url", this.url, "an absolute http(s) URL");
		}
		Offer.OfferScope scope = scope(violations);
		Money money = discount(violations);
		period(today, violations);
		Map<String, String> named = texts("/names", this.names, violations);
		Map<String, String> conditions = texts("/terms", this.terms, violations);
		if (!violations.isEmpty()) {
			throw InvalidRequestException.badRequest(violations);
		}
		return new Offer(String.valueOf(this.key), 0, scope, this.percent, money, this.code, this.from, this.until,
				this.url, named, conditions);
	}

	private Offer.OfferScope scope(List<Violation> violations) {
		String category = (this.appliesTo != null) ? this.appliesTo.category() : null;
		List<String> products = (this.appliesTo != null && this.appliesTo.productIds() != null)
				? this.appliesTo.productIds() : List.of();
		boolean everything = this.appliesTo != null && Boolean.TRUE.equals(this.appliesTo.everything());
		int given = ((category != null) ? 1 : 0) + (products.isEmpty() ? 0 : 1) + (everything ? 1 : 0);
		if (given != 1) {
			violations.add(new Violation("/appliesTo",
					"must have exactly one of category, productIds and everything: true, for example {\"category\": \"Seeds\"}; it has "
							+ given));
		}
		if (products.size() > MAX_PRODUCTS) {
			violations.add(new Violation("/appliesTo/productIds",
					"has %d products; name at most %d, or a category".formatted(products.size(), MAX_PRODUCTS)));
		}
		return new Offer.OfferScope((category != null) ? category.strip() : null, products);
	}

	/** Returns the discount in money, null for one in percent. */
	private @Nullable Money discount(List<Violation> violations) {
		if ((this.percent == null) == (this.amount == null)) {
			violations.add(new Violation("/percent", "give either percent, or amount and currency"));
			return null;
		}
		if (this.percent != null) {
			if (this.percent.signum() <= 0 || this.percent.compareTo(MAX_PERCENT) > 0 || this.percent.scale() > 2) {
				add(violations, "/percent", this.percent.toPlainString(), "more than 0 and at most 100");
			}
			return null;
		}
		if (this.amount == null || this.amount.signum() <= 0 || this.amount.scale() > 2) {
			add(violations, "/amount", String.valueOf(this.amount),
					"an amount above 0 with at most two decimal places");
			return null;
		}
		try {
			return new Money(this.amount, Currency.getInstance(String.valueOf(this.currency)));
		}
		catch (IllegalArgumentException ex) {
			add(violations, "/currency", this.currency, "an ISO 4217 code such as EUR");
			return null;
		}
	}

	private void period(LocalDate today, List<Violation> violations) {
		if (this.until == null) {
			return;
		}
		if (this.from != null && this.until.isBefore(this.from)) {
			violations.add(new Violation("/until", "%s is before the first day, %s".formatted(this.until, this.from)));
		}
		if (this.until.isBefore(today)) {
			violations.add(new Violation("/until",
					"%s is past (today: %s); give the last day of the offer".formatted(this.until, today)));
		}
	}

	private static Map<String, String> texts(String pointer, @Nullable Map<String, String> given,
			List<Violation> violations) {
		Map<String, String> texts = new TreeMap<>();
		if (given != null) {
			given.forEach((language, text) -> {
				if (!LANGUAGES.contains(language)) {
					add(violations, pointer + '/' + language, language, "an ISO 639 language code such as en");
				}
				if (text == null || text.isBlank() || !LINE.matcher(text).matches()) {
					add(violations, pointer + '/' + language, text,
							"one line of up to 200 characters without braces and angle brackets");
				}
				else {
					texts.put(language, text.strip());
				}
			});
		}
		return texts;
	}

	private static void add(List<Violation> violations, String pointer, @Nullable String value, String expected) {
		violations.add(new Violation(pointer,
				((value == null) ? "is missing" : "'" + value + "' is not valid") + "; it must be " + expected));
	}

}
