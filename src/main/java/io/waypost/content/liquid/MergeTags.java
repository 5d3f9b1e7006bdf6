package io.waypost.content.liquid;

import java.util.Set;

/** What a template may ask for. */
public final class MergeTags {

	/**
	 * Stays a place holder until the message is rendered for its recipient.
	 */
	public static final String FIRST_NAME = "first_name";

	/**
	 * Every slot: {@code items} is a list of {@code name}, {@code price},
	 * {@code quantity} and {@code url}; {@code item} its first; {@code properties} what
	 * the caller sent along.
	 */
	public static final Set<String> NAMES = Set.of(FIRST_NAME, "shop", "items", "item", "item_count", "total",
			"category", "order_count", "stage", "goal", "properties");

	private MergeTags() {
	}

}
