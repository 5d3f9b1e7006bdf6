package io.waypost.content.liquid;

import java.util.Set;

/** The merge tags of templates. */
public final class MergeTags {

	/**
	 * The recipient's first name. It remains a placeholder until the message is rendered.
	 */
	public static final String FIRST_NAME = "first_name";

	/**
	 * All merge tags. {@code items} is a list of objects with {@code name},
	 * {@code price}, {@code quantity} and {@code url}, {@code item} its first element;
	 * {@code properties} holds the properties of the triggering event or the request.
	 * {@code offer} is the offer of the campaign in a short sentence; the tags of offers
	 * are empty without one.
	 */
	public static final Set<String> NAMES = Set.of(FIRST_NAME, "shop", "items", "item", "item_count", "total",
			"category", "order_count", "stage", "goal", "properties", "offer", "offer_until", "offer_code",
			"offer_terms");

	private MergeTags() {
	}

}
