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
 */
public record ScoringContext(Locale locale, String shop, List<String> products, @Nullable String category,
		@Nullable String goal, boolean productsPlanned) {

	public ScoringContext {
		products = List.copyOf(products);
	}

	/** Creates a context without a goal. */
	public ScoringContext(Locale locale, String shop, List<String> products, @Nullable String category) {
		this(locale, shop, products, category, null, true);
	}

}
