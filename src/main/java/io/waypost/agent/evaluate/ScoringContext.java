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
 * @param goal purpose of the message, for example {@code cart-abandonment}; null when
 * unknown
 * @param productsPlanned whether the draft has to name the products; otherwise it may
 * @param facts what the catalogue says about the products in the language of the draft;
 * its words are right and on topic
 */
public record ScoringContext(Locale locale, String shop, List<String> products, @Nullable String category,
		@Nullable String goal, boolean productsPlanned, List<String> facts) {

	public ScoringContext {
		products = List.copyOf(products);
		facts = List.copyOf(facts);
	}

	/** Creates a context without facts of the catalogue. */
	public ScoringContext(Locale locale, String shop, List<String> products, @Nullable String category,
			@Nullable String goal, boolean productsPlanned) {
		this(locale, shop, products, category, goal, productsPlanned, List.of());
	}

	/** Creates a context without a goal. */
	public ScoringContext(Locale locale, String shop, List<String> products, @Nullable String category) {
		this(locale, shop, products, category, null, true);
	}

}
