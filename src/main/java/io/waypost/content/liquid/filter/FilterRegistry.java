package io.waypost.content.liquid.filter;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Collects the filters of a group. */
final class FilterRegistry {

	private final Map<String, LiquidFilter> filters = new HashMap<>();

	/** Adds a filter without arguments. */
	FilterRegistry add(String name, FilterFunction function) {
		return add(name, 0, 0, function);
	}

	FilterRegistry add(String name, int minimum, int maximum, FilterFunction function) {
		this.filters.put(name, new LiquidFilter(minimum, maximum, Set.of(), function));
		return this;
	}

	FilterRegistry add(String name, int minimum, int maximum, String named, FilterFunction function) {
		this.filters.put(name, new LiquidFilter(minimum, maximum, Set.of(named), function));
		return this;
	}

	Map<String, LiquidFilter> filters() {
		return Map.copyOf(this.filters);
	}

}
