package io.waypost.content.fact;

import java.util.Locale;
import java.util.Map;

/**
 * Names of the categories of one catalogue by language.
 *
 * @param names names by category and language
 */
public record CategoryNames(Map<String, Map<String, String>> names) {

	/** No translated names. */
	public static final CategoryNames NONE = new CategoryNames(Map.of());

	public CategoryNames {
		names = Map.copyOf(names);
	}

	/**
	 * Returns the name of a category in a language.
	 * @param category name as in {@code Product.category}
	 * @param locale the language
	 * @return the category itself when it has no name in this language
	 */
	public String in(String category, Locale locale) {
		return this.names.getOrDefault(category, Map.of()).getOrDefault(locale.getLanguage(), category);
	}

	/**
	 * Whether a category has a name in a language.
	 * @param category name as in {@code Product.category}
	 * @param locale the language
	 * @return false when only its original name is known
	 */
	public boolean has(String category, Locale locale) {
		return this.names.getOrDefault(category, Map.of()).containsKey(locale.getLanguage());
	}

}
