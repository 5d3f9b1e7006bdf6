package io.waypost.content.liquid.filter;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

import io.waypost.content.liquid.value.Comparison;
import io.waypost.content.liquid.value.ElementProperty;
import io.waypost.content.liquid.value.LiquidDrop;
import io.waypost.content.liquid.value.LiquidException;
import io.waypost.content.liquid.value.ListInput;
import io.waypost.content.liquid.value.RenderBudget;
import org.jspecify.annotations.Nullable;

/** Filters that sort lists; nil is last. */
final class SortFilters {

	private SortFilters() {
	}

	static void addTo(FilterRegistry registry) {
		registry
			.add("sort", 0, 1,
					(input, arguments, context) -> sort(input, arguments.get(0), natural(context.budget()), context))
			.add("sort_natural", 0, 1,
					(input, arguments, context) -> sort(input, arguments.get(0), ignoringCase(context), context));
	}

	private static @Nullable Object sort(@Nullable Object input, @Nullable Object property,
			Comparator<@Nullable Object> order, FilterContext context) {
		List<@Nullable Object> elements = ListInput.of(input, context.budget());
		if (property == null) {
			elements.sort(order);
			return elements;
		}
		if (!elements.stream().allMatch(SortFilters::hasProperties)) {
			return null;
		}
		elements.sort((left, right) -> order.compare(ElementProperty.of(left, property, context.budget()),
				ElementProperty.of(right, property, context.budget())));
		return elements;
	}

	private static boolean hasProperties(@Nullable Object element) {
		return element instanceof Map<?, ?> || element instanceof String || element instanceof Long
				|| element instanceof LiquidDrop;
	}

	private static Comparator<@Nullable Object> natural(RenderBudget budget) {
		return (left, right) -> {
			budget.step();
			Integer order = Comparison.compare(left, right, budget);
			if (order != null) {
				return order;
			}
			if (left == null || right == null) {
				return (left == null) ? 1 : -1;
			}
			throw LiquidException
				.of("the list has values of different types, which cannot be sorted; use sort_natural or sort by a property");
		};
	}

	private static Comparator<@Nullable Object> ignoringCase(FilterContext context) {
		Comparator<String> texts = Comparison.texts(context.budget());
		return (left, right) -> {
			if (left == null || right == null) {
				return Boolean.compare(left == null, right == null);
			}
			return texts.compare(lowerCase(context.text(left), context), lowerCase(context.text(right), context));
		};
	}

	/** As in Ruby, only ASCII letters lose their case. */
	private static String lowerCase(String text, FilterContext context) {
		int index = 0;
		while (index < text.length() && !isUpperCase(text.charAt(index))) {
			index++;
		}
		if (index == text.length()) {
			return text;
		}
		context.budget().steps(1 + text.length() / 8);
		char[] characters = text.toCharArray();
		for (int i = index; i < characters.length; i++) {
			characters[i] = isUpperCase(characters[i]) ? (char) (characters[i] + 'a' - 'A') : characters[i];
		}
		return new String(characters);
	}

	private static boolean isUpperCase(char character) {
		return character >= 'A' && character <= 'Z';
	}

}
