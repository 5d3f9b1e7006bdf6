package io.waypost.content.liquid.value;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** The elements that a list filter works on. */
public final class ListInput {

	private ListInput() {
	}

	/**
	 * Returns the elements of a value.
	 * @param value a list, whose inner lists are flattened, a range, or a single value;
	 * nil has no elements
	 * @param budget charged for the elements
	 * @return a new list
	 */
	public static List<@Nullable Object> of(@Nullable Object value, RenderBudget budget) {
		List<@Nullable Object> elements = new ArrayList<>();
		switch (value) {
			case null -> {
			}
			case List<?> list -> flatten(list, elements, budget);
			case LiquidRange range -> number(range, elements, budget);
			default -> elements.add(value);
		}
		return elements;
	}

	private static void flatten(List<?> list, List<@Nullable Object> elements, RenderBudget budget) {
		budget.list(list.size());
		for (Object element : list) {
			if (element instanceof List<?> inner) {
				flatten(inner, elements, budget);
			}
			else {
				elements.add(element);
			}
		}
	}

	private static void number(LiquidRange range, List<@Nullable Object> elements, RenderBudget budget) {
		budget.list(range.size());
		for (long i = 0; i < range.size(); i++) {
			elements.add(range.first() + i);
		}
	}

}
