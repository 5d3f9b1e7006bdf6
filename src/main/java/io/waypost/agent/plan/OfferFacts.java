package io.waypost.agent.plan;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.waypost.agent.ExplanationSections;
import io.waypost.agent.Message;
import io.waypost.agent.guard.DeclaredFacts;
import io.waypost.content.fact.CategoryNames;
import io.waypost.content.fact.Offer;
import io.waypost.content.Product;
import io.waypost.delivery.ContentClearance;
import org.jspecify.annotations.Nullable;

/** Converts an offer to the facts of an explanation and of the guardrail. */
public final class OfferFacts {

	private OfferFacts() {
	}

	/** Adds the facts of the announced offer and the end of its validity. */
	public static Message explain(Message planned, Offer offer) {
		Message explained = ExplanationSections.with(planned, PlanSection.NAME, "facts", facts(offer));
		return (offer.until() == null) ? explained : explained.explained(ContentClearance.VALIDITY, ContentClearance
			.validity(offer.until().plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant(), "offer_ended"));
	}

	/**
	 * Returns the offer with a name in a language: its own, or the name of its category
	 * or only product.
	 */
	static Offer named(Offer offer, Locale locale, CategoryNames categories, Map<String, Product> products) {
		String category = offer.scope().category();
		if (offer.name(locale).isPresent()) {
			return offer;
		}
		if (category != null && categories.has(category, locale)) {
			return offer.named(locale, inSentence(categories.in(category, locale), locale));
		}
		List<String> ids = offer.scope().productIds();
		Product only = (ids.size() == 1) ? products.get(ids.getFirst()) : null;
		return (only != null) ? offer.named(locale, only.in(locale, categories).name()) : offer;
	}

	/** Category names begin with a capital letter in lists, but not in a sentence. */
	private static String inSentence(String category, Locale locale) {
		return switch (locale.getLanguage()) {
			case "en" -> category.substring(0, 1).toLowerCase(locale) + category.substring(1);
			case "fr" -> "le rayon " + category;
			default -> category;
		};
	}

	/** Returns what a message with this offer may say. */
	public static DeclaredFacts declared(@Nullable Offer offer) {
		if (offer == null) {
			return DeclaredFacts.NONE;
		}
		List<String> text = new ArrayList<>(offer.names().values());
		text.addAll(offer.terms().values());
		if (offer.code() != null) {
			text.add(offer.code());
		}
		DeclaredFacts.DeclaredOffer declared = new DeclaredFacts.DeclaredOffer(String.join("\n", text), offer.percent(),
				(offer.amount() != null) ? offer.amount().amount() : null,
				(offer.amount() != null) ? offer.amount().currency() : null, offer.from(), offer.until(), offer.url());
		return new DeclaredFacts(List.of(declared), Set.of());
	}

	/** Lists the facts with their ids, so that each claim can be traced to one. */
	private static List<Map<String, Object>> facts(Offer offer) {
		List<Map<String, Object>> facts = new ArrayList<>();
		add(facts, offer, "percent", (offer.percent() != null) ? offer.percent().toPlainString() : null);
		add(facts, offer, "amount", (offer.amount() != null)
				? offer.amount().amount().toPlainString() + ' ' + offer.amount().currency() : null);
		add(facts, offer, "category", offer.scope().category());
		add(facts, offer, "products", offer.scope().productIds().isEmpty() ? null : offer.scope().productIds());
		add(facts, offer, "everything", offer.scope().isEverything() ? true : null);
		add(facts, offer, "code", offer.code());
		add(facts, offer, "from", (offer.from() != null) ? offer.from().toString() : null);
		add(facts, offer, "until", (offer.until() != null) ? offer.until().toString() : null);
		add(facts, offer, "url", offer.url());
		offer.terms().forEach((language, terms) -> add(facts, offer, "terms/" + language, terms));
		return facts;
	}

	private static void add(List<Map<String, Object>> facts, Offer offer, String name, @Nullable Object value) {
		if (value != null) {
			Map<String, Object> fact = new LinkedHashMap<>();
			fact.put("id", offer.factId() + '/' + name);
			fact.put("value", value);
			facts.add(fact);
		}
	}

}
