package io.waypost.agent.write;

import java.math.BigDecimal;
import java.text.NumberFormat;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import io.waypost.content.fact.Offer;

/**
 * Phrases of an offer in a language. Numbers, dates and percentages have the notation of
 * the locale. Every phrase repeats facts of the offer; a part that is unknown is left
 * out.
 */
final class OfferPhrases {

	private static final Grammar ENGLISH = new Grammar("%s off %s", "%s until %s", "everything", "selected products");

	private static final Map<String, Grammar> GRAMMARS = Map.of("de",
			new Grammar("%s Rabatt auf %s", "%s bis %s", "das ganze Sortiment", "ausgewählte Produkte"), "fr",
			new Grammar("%s de remise sur %s", "%s jusqu’au %s", "tout le catalogue", "une sélection d’articles"));

	private OfferPhrases() {
	}

	/**
	 * Returns the phrases by slot: {@code discount}, {@code offer_short} (discount and
	 * scope), {@code offer} (with the last day), and {@code offer_until},
	 * {@code offer_code}, {@code offer_terms} if the offer has them.
	 */
	static Map<String, String> of(Offer offer, Locale locale) {
		Grammar grammar = GRAMMARS.getOrDefault(locale.getLanguage(), ENGLISH);
		Map<String, String> phrases = new TreeMap<>();
		String discount = discount(offer, locale);
		String what = grammar.discount().formatted(discount, scope(offer, grammar, locale));
		phrases.put("discount", discount);
		phrases.put("offer_short", what);
		phrases.put("offer", what);
		if (offer.until() != null) {
			String until = date(offer.until(), locale);
			phrases.put("offer_until", until);
			phrases.put("offer", grammar.until().formatted(what, until));
		}
		if (offer.code() != null) {
			phrases.put("offer_code", offer.code());
		}
		String terms = offer.terms().get(locale.getLanguage());
		if (terms != null) {
			phrases.put("offer_terms", terms);
		}
		return phrases;
	}

	/** Formats a date with its weekday: {@code Sunday 6 December}. */
	static String date(LocalDate date, Locale locale) {
		String pattern = switch (locale.getLanguage()) {
			case "de" -> "EEEE, d. MMMM";
			case "fr" -> (date.getDayOfMonth() == 1) ? "EEEE d'er' MMMM" : "EEEE d MMMM";
			default -> locale.getCountry().equals("US") ? "EEEE, MMMM d" : "EEEE d MMMM";
		};
		return DateTimeFormatter.ofPattern(pattern, locale).format(date);
	}

	private static String discount(Offer offer, Locale locale) {
		if (offer.amount() != null) {
			boolean whole = offer.amount().amount().stripTrailingZeros().scale() <= 0;
			NumberFormat format = FragmentSlots.currency(offer.amount().currency(), locale);
			format.setMinimumFractionDigits(whole ? 0 : 2);
			format.setMaximumFractionDigits(whole ? 0 : 2);
			return format.format(offer.amount().amount());
		}
		NumberFormat format = NumberFormat.getPercentInstance(locale);
		format.setMaximumFractionDigits(2);
		BigDecimal percent = (offer.percent() != null) ? offer.percent() : BigDecimal.ZERO;
		return format.format(percent.movePointLeft(2));
	}

	/**
	 * Without a name in this language, products are not named, because a name of another
	 * language must not occur.
	 */
	private static String scope(Offer offer, Grammar grammar, Locale locale) {
		return offer.name(locale)
			.orElse(offer.scope().isEverything() ? grammar.everything() : grammar.selectedProducts());
	}

	/**
	 * Patterns of a language.
	 *
	 * @param discount discount and scope
	 * @param until that phrase and the last day
	 * @param everything scope of an offer for the whole catalogue
	 * @param selectedProducts scope of an offer without a name in this language
	 */
	private record Grammar(String discount, String until, String everything, String selectedProducts) {

	}

}
