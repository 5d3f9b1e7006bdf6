package io.waypost.agent.plan;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.waypost.agent.write.ContentFacts;
import io.waypost.agent.write.RuleBasedWriter;

/** Converts facts to the values of a template's merge tags. */
public final class TemplateSlots {

	private TemplateSlots() {
	}

	public static Map<String, Object> slots(ContentPlan plan, ContentFacts facts) {
		Locale locale = Locale.forLanguageTag(plan.locale());
		List<Map<String, Object>> items = facts.lines().stream().map((line) -> item(line, locale)).toList();
		Map<String, Object> slots = new LinkedHashMap<>();
		// Remains a placeholder: the name is filled in when the message is rendered.
		slots.put("first_name", "{{ first_name }}");
		slots.put("shop", facts.shop());
		slots.put("items", items);
		if (!items.isEmpty()) {
			slots.put("item", items.getFirst());
		}
		slots.put("item_count", items.size());
		facts.total().ifPresent((total) -> slots.put("total", RuleBasedWriter.price(total, locale)));
		slots.put("category", (facts.category() != null) ? facts.category() : "");
		slots.put("order_count", facts.orderCount());
		slots.put("stage", plan.stage().name().toLowerCase(Locale.ROOT));
		slots.put("goal", plan.goal());
		slots.put("properties", facts.properties());
		slots.putAll(RuleBasedWriter.offerTags(facts, locale));
		return slots;
	}

	private static Map<String, Object> item(ContentFacts.ProductLine line, Locale locale) {
		return Map.of("name", line.product().name(), "price", RuleBasedWriter.price(line.product().price(), locale),
				"quantity", line.quantity(), "url", line.product().url());
	}

}
