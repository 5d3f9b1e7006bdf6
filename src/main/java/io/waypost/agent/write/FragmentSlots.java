package io.waypost.agent.write;

import java.text.NumberFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.waypost.content.fact.BrandFacts;
import io.waypost.kernel.Money;

/**
 * The facts in the form that fragments use: formatted values and conditions. Unknown
 * facts are absent.
 *
 * @param values formatted values by slot name
 * @param conditions names of the conditions that hold
 * @param factIds ids of the facts by slot name
 */
record FragmentSlots(Map<String, String> values, Set<String> conditions, Map<String, String> factIds) {

	/** Condition: the message announces an offer. */
	static final String OFFER = "offer";

	static final Set<String> SLOTS = Set.of("shop", "item", "second", "count", "others", "total", "price", "category",
			"orders", "discount", "offer", "offer_short", "offer_until", "offer_code", "offer_terms", "promise",
			"shipping", "returns");

	static final Set<String> CONDITIONS = Set.of("in_cart", "recommended", "nothing_shown", "single", "pair", "several",
			"category", "no_category", "customer", OFFER);

	static FragmentSlots of(ContentFacts facts, Locale locale) {
		Map<String, String> values = new TreeMap<>();
		List<ContentFacts.ProductLine> lines = facts.lines();
		NumberFormat numbers = NumberFormat.getIntegerInstance(locale);
		values.put("shop", facts.shop());
		if (!lines.isEmpty()) {
			values.put("item", lines.getFirst().product().name());
			values.put("count", numbers.format(lines.size()));
			values.put("price", price(lines.getFirst().product().price(), locale));
		}
		if (lines.size() > 1) {
			values.put("second", lines.get(1).product().name());
			values.put("others", numbers.format(lines.size() - 1L));
		}
		facts.total().ifPresent((total) -> values.put("total", price(total, locale)));
		if (facts.category() != null) {
			values.put("category", facts.category());
		}
		// The fragments use the plural, so a single order has no value.
		if (facts.orderCount() > 1) {
			values.put("orders", numbers.format(facts.orderCount()));
		}
		if (facts.offer() != null) {
			values.putAll(OfferPhrases.of(facts.offer(), locale));
		}
		putBrand(values, facts.brand(), locale);
		return new FragmentSlots(values, conditions(facts), factIds(facts, values.keySet(), locale));
	}

	private static void putBrand(Map<String, String> values, BrandFacts brand, Locale locale) {
		String language = locale.getLanguage();
		brand.promise(locale).ifPresent((promise) -> values.put("promise", promise.texts().getOrDefault(language, "")));
		if (brand.shipping().containsKey(language)) {
			values.put("shipping", brand.shipping().getOrDefault(language, ""));
		}
		if (brand.returns().containsKey(language)) {
			values.put("returns", brand.returns().getOrDefault(language, ""));
		}
	}

	/** Names the fact that each slot's value comes from. */
	private static Map<String, String> factIds(ContentFacts facts, Set<String> slots, Locale locale) {
		Map<String, String> ids = new TreeMap<>();
		for (String slot : slots) {
			ids.put(slot, switch (slot) {
				case "item" -> product(facts, 0, "name");
				case "price" -> product(facts, 0, "price");
				case "second" -> product(facts, 1, "name");
				case "count", "others" -> facts.inCart() ? "feature:cart_item_count" : "plan:products";
				case "total" -> "feature:cart_value";
				case "category" -> "category:" + facts.category();
				case "orders" -> "feature:order_count";
				case "promise" ->
					"brand:promise/" + facts.brand().promise(locale).map(BrandFacts.BrandPromise::id).orElse("");
				case "shipping", "returns" -> "brand:" + slot;
				case "shop" -> "brand:senderName";
				default -> (facts.offer() != null) ? facts.offer().factId() : "";
			});
		}
		return ids;
	}

	private static String product(ContentFacts facts, int index, String part) {
		return "product:" + facts.lines().get(index).product().id() + '/' + part;
	}

	static String price(Money money, Locale locale) {
		NumberFormat format = NumberFormat.getCurrencyInstance(locale);
		format.setCurrency(money.currency());
		int digits = Math.max(0, money.currency().getDefaultFractionDigits());
		format.setMinimumFractionDigits(digits);
		format.setMaximumFractionDigits(digits);
		return format.format(money.amount());
	}

	private static Set<String> conditions(ContentFacts facts) {
		Set<String> conditions = new TreeSet<>();
		int lines = facts.lines().size();
		conditions.add((lines == 0) ? "nothing_shown" : facts.inCart() ? "in_cart" : "recommended");
		if (lines > 0) {
			conditions.add((lines == 1) ? "single" : (lines == 2) ? "pair" : "several");
		}
		conditions.add((facts.category() != null) ? "category" : "no_category");
		if (facts.orderCount() > 0) {
			conditions.add("customer");
		}
		if (facts.offer() != null) {
			conditions.add(OFFER);
		}
		return conditions;
	}

}
