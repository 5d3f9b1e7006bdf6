package io.waypost.content.liquid.filter;

import java.util.Set;
import java.util.TreeSet;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** The filters by name: those of Shopify Liquid 5 and {@code json}. */
public final class StandardFilters {

	private static final Map<String, LiquidFilter> FILTERS = all();

	private StandardFilters() {
	}

	/**
	 * Finds a filter.
	 * @param name its name
	 * @return the filter, null when there is none
	 */
	public static @Nullable LiquidFilter find(String name) {
		return FILTERS.get(name);
	}

	/** Returns the names of all filters in alphabetical order. */
	public static Set<String> names() {
		return new TreeSet<>(FILTERS.keySet());
	}

	private static Map<String, LiquidFilter> all() {
		FilterRegistry registry = new FilterRegistry();
		TextFilters.addTo(registry);
		SubstringFilters.addTo(registry);
		ReplaceFilters.addTo(registry);
		HtmlFilters.addTo(registry);
		EncodingFilters.addTo(registry);
		ListFilters.addTo(registry);
		SelectionFilters.addTo(registry);
		SortFilters.addTo(registry);
		NumberFilters.addTo(registry);
		registry.add("date", 1, 1, DateFilter::apply);
		registry.add("json", JsonFilter::apply);
		return registry.filters();
	}

}
