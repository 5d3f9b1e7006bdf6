package io.waypost.agent.write;

import java.text.NumberFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.waypost.kernel.Money;

/**
 * The facts in the form that fragments use: formatted values and conditions. Unknown
 * facts are absent.
 *
 * @param values formatted values by slot name
 * @param conditions names of the conditions that hold
 */
record FragmentSlots(Map<String, String> values, Set<String> conditions) {

	/** Condition: the message announces an offer. */
	static final String OFFER = "offer";

	static final Set<String> SLOTS = Set.of("shop", "item", "second", "count", "others", "total", "price", "category",
			"orders", "discount", "offer", "offer_short", "offer_until", "offer_code", "offer_terms");

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
		return new FragmentSlots(values, conditions(facts));
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
