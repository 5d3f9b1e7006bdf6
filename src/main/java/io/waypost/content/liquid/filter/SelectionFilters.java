package io.waypost.content.liquid.filter;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.waypost.content.liquid.value.Comparison;
import io.waypost.content.liquid.value.ElementProperty;
import io.waypost.content.liquid.value.LiquidDrop;
import io.waypost.content.liquid.value.ListInput;
import org.jspecify.annotations.Nullable;

/**
 * Filters that select elements of a list by a property. Without a second argument the
 * property must be true. The result is nil when an element has no properties.
 */
final class SelectionFilters {

	private SelectionFilters() {
	}

	static void addTo(FilterRegistry registry) {
		registry.add("where", 1, 2, (input, arguments, context) -> select(input, arguments, true, context))
			.add("reject", 1, 2, (input, arguments, context) -> select(input, arguments, false, context))
			.add("has", 1, 2, SelectionFilters::has)
			.add("find", 1, 2, SelectionFilters::find)
			.add("find_index", 1, 2, SelectionFilters::findIndex)
			.add("compact", 0, 1, SelectionFilters::compact)
			.add("uniq", 0, 1, SelectionFilters::uniq);
	}

	private static @Nullable Object select(@Nullable Object input, FilterArguments arguments, boolean wanted,
			FilterContext context) {
		List<@Nullable Object> selected = new ArrayList<>();
		for (Object element : ListInput.of(input, context.budget())) {
			Boolean matches = matches(element, arguments, context);
			if (matches == null) {
				return null;
			}
			if (matches == wanted) {
				selected.add(element);
			}
		}
		return selected;
	}

	private static @Nullable Object has(@Nullable Object input, FilterArguments arguments, FilterContext context) {
		for (Object element : ListInput.of(input, context.budget())) {
			Boolean matches = matches(element, arguments, context);
			if (matches == null || matches) {
				return matches;
			}
		}
		return false;
	}

	private static @Nullable Object find(@Nullable Object input, FilterArguments arguments, FilterContext context) {
		List<@Nullable Object> elements = ListInput.of(input, context.budget());
		int index = indexOf(elements, arguments, context);
		return (index >= 0) ? elements.get(index) : null;
	}

	private static @Nullable Object findIndex(@Nullable Object input, FilterArguments arguments,
			FilterContext context) {
		int index = indexOf(ListInput.of(input, context.budget()), arguments, context);
		return (index >= 0) ? Long.valueOf(index) : null;
	}

	private static int indexOf(List<@Nullable Object> elements, FilterArguments arguments, FilterContext context) {
		for (int i = 0; i < elements.size(); i++) {
			Boolean matches = matches(elements.get(i), arguments, context);
			if (matches == null) {
				return -1;
			}
			if (matches) {
				return i;
			}
		}
		return -1;
	}

	/** Returns null for an element without properties. */
	private static @Nullable Boolean matches(@Nullable Object element, FilterArguments arguments,
			FilterContext context) {
		Object value = ElementProperty.of(element, arguments.get(0), context.budget());
		if (value == ElementProperty.NONE) {
			return null;
		}
		Object target = arguments.get(1);
		return (target == null) ? Comparison.isTruthy(value) : Comparison.equal(value, target, context.budget());
	}

	private static @Nullable Object compact(@Nullable Object input, FilterArguments arguments, FilterContext context) {
		List<@Nullable Object> kept = new ArrayList<>();
		for (Object element : ListInput.of(input, context.budget())) {
			Object value = key(element, arguments, context);
			if (value == ElementProperty.NONE) {
				return null;
			}
			if (value != null) {
				kept.add(element);
			}
		}
		return kept;
	}

	private static @Nullable Object uniq(@Nullable Object input, FilterArguments arguments, FilterContext context) {
		List<@Nullable Object> kept = new ArrayList<>();
		Set<@Nullable Object> seen = new HashSet<>();
		for (Object element : ListInput.of(input, context.budget())) {
			Object value = key(element, arguments, context);
			if (value == ElementProperty.NONE) {
				return null;
			}
			if (seen.add(identity(value, context))) {
				kept.add(element);
			}
		}
		return kept;
	}

	private static @Nullable Object key(@Nullable Object element, FilterArguments arguments, FilterContext context) {
		return (arguments.get(0) == null) ? element : ElementProperty.of(element, arguments.get(0), context.budget());
	}

	/**
	 * Lists and objects are compared by their text, because an attacker can choose
	 * objects whose hash codes are equal.
	 */
	private static @Nullable Object identity(@Nullable Object value, FilterContext context) {
		return (value instanceof List<?> || value instanceof Map<?, ?> || value instanceof LiquidDrop)
				? new Inspected(context.text(value)) : value;
	}

	/** Text of a list or object; differs from a text with the same characters. */
	private record Inspected(String text) {

	}

}
