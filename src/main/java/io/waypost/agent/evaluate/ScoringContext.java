package io.waypost.agent.evaluate;

import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * The planned content that a draft is scored against.
 *
 * @param locale planned language
 * @param shop name of the sender
 * @param products names of the planned products, most important first
 * @param category the planned category, null for none
 */
public record ScoringContext(Locale locale, String shop, List<String> products, @Nullable String category) {

	public ScoringContext {
		products = List.copyOf(products);
	}

}
