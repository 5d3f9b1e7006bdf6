package io.waypost.agent.write;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.waypost.content.Product;

/**
 * What a language model may know about messages: the names of the slots and, for shared
 * content, the values. Nothing about a single person is in it.
 *
 * @param slots value of each slot, empty when each recipient has another value
 * @param background other facts by name, which have no slot
 * @param conditions conditions that hold, see {@link FragmentSlots}
 */
public record CopyFacts(Map<String, String> slots, Map<String, String> background, Set<String> conditions) {

	/** End of the background facts that are names of products. */
	public static final String NAME = "_name";

	/** Slots that many messages of a goal have, so that they can share copy. */
	private static final Set<String> COMMON_SLOTS = Set.of("shop", "item", "price", "second", "second_price", "third",
			"names", "count", "others", "total", "category", "discount", "offer", "offer_short", "offer_until",
			"offer_code", "offer_terms");

	private static final Set<String> COMMON_CONDITIONS = Set.of("in_cart", "recommended", "nothing_shown", "single",
			"pair", "several", "category", "no_category", "customer", FragmentSlots.OFFER);

	public CopyFacts {
		slots = Map.copyOf(slots);
		background = Map.copyOf(background);
		conditions = Set.copyOf(conditions);
	}

	/**
	 * Returns the facts of content for many recipients, with values.
	 * @param request input of the writer
	 * @return the facts
	 */
	public static CopyFacts shared(DraftRequest request) {
		FragmentSlots slots = FragmentSlots.of(request.facts(), request.locale());
		return new CopyFacts(slots.values(), background(request.facts(), request.locale()), slots.conditions());
	}

	/**
	 * Returns the facts that messages of journeys have in common, without values.
	 * @param request input of the writer
	 * @return the facts
	 */
	public static CopyFacts common(DraftRequest request) {
		FragmentSlots slots = FragmentSlots.of(request.facts(), request.locale());
		Map<String, String> names = new LinkedHashMap<>();
		slots.values().keySet().stream().filter(COMMON_SLOTS::contains).forEach((name) -> names.put(name, ""));
		names.put("shop", request.facts().shop());
		Set<String> conditions = new TreeSet<>(slots.conditions());
		conditions.retainAll(COMMON_CONDITIONS);
		return new CopyFacts(names, Map.of(), conditions);
	}

	/** Returns the facts in an order that depends only on them. */
	@Override
	public String toString() {
		return new TreeMap<>(this.slots) + " " + new TreeMap<>(this.background) + " " + new TreeSet<>(this.conditions);
	}

	private static Map<String, String> background(ContentFacts facts, Locale locale) {
		Map<String, String> background = new TreeMap<>();
		String language = locale.getLanguage();
		List<ContentFacts.ProductLine> lines = DraftComposer.shown(facts);
		for (int at = 0; at < lines.size(); at++) {
			Product product = lines.get(at).product();
			String prefix = "product" + (at + 1) + '_';
			background.put("product" + (at + 1) + NAME, product.name());
			String description = product.details().descriptions().get(language);
			if (description != null) {
				background.put(prefix + "description", description);
			}
			product.details().attributes().forEach((name, texts) -> {
				if (texts.containsKey(language)) {
					background.put(prefix + name, texts.getOrDefault(language, ""));
				}
			});
		}
		return background;
	}

}
