package io.waypost.agent.evaluate;

import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * What words were meant to do.
 *
 * @param locale language they should be in
 * @param shop who speaks
 * @param products names of the planned products, most important first
 * @param category the planned category, null for none
 */
public record ScoringContext(Locale locale, String shop, List<String> products, @Nullable String category) {

	public ScoringContext {
		products = List.copyOf(products);
	}

}
