package io.waypost.content.liquid.filter;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Evaluated arguments of a filter.
 *
 * @param positional values in their order
 * @param named values by name
 */
public record FilterArguments(List<@Nullable Object> positional, Map<String, @Nullable Object> named) {

	/** The arguments of a filter without any. */
	public static final FilterArguments NONE = new FilterArguments(List.of(), Map.of());

	/** Returns an argument, nil when it is absent. */
	@Nullable Object get(int index) {
		return (index < this.positional.size()) ? this.positional.get(index) : null;
	}

	boolean has(int index) {
		return index < this.positional.size();
	}

}
