package io.waypost.content.liquid.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Converts values of the caller to the types of Liquid: texts, booleans, {@code Long},
 * {@code BigInteger}, {@code Double}, lists and maps with text keys. All other objects
 * become their text, so a template reaches no Java object.
 */
public final class InputValue {

	private static final int MAX_DEPTH = 100;

	private InputValue() {
	}

	/**
	 * Converts a value.
	 * @param value value of the caller
	 * @param budget charged for the elements
	 * @return the value as Liquid sees it
	 */
	public static @Nullable Object convert(@Nullable Object value, RenderBudget budget) {
		return convert(value, budget, 0);
	}

	private static @Nullable Object convert(@Nullable Object value, RenderBudget budget, int depth) {
		return switch (value) {
			case null -> null;
			case String text -> text;
			case Boolean bool -> bool;
			case Long number -> number;
			case Number number -> number(number);
			case Map<?, ?> map -> map(map, budget, inner(depth));
			case Collection<?> list -> list(list, budget, inner(depth));
			default -> value.toString();
		};
	}

	private static int inner(int depth) {
		if (depth >= MAX_DEPTH) {
			throw LiquidException.of("the data is nested deeper than %d levels; flatten it".formatted(MAX_DEPTH));
		}
		return depth + 1;
	}

	private static Number number(Number number) {
		return switch (number) {
			case Integer integer -> Long.valueOf(integer);
			case Double decimal -> decimal;
			case BigInteger integer -> LiquidNumbers.reduce(integer);
			case BigDecimal decimal -> (decimal.scale() == 0) ? LiquidNumbers.reduce(decimal.toBigInteger())
					: Double.valueOf(decimal.doubleValue());
			case Float decimal -> Double.valueOf(decimal.toString());
			default -> Long.valueOf(number.longValue());
		};
	}

	private static Map<String, @Nullable Object> map(Map<?, ?> map, RenderBudget budget, int depth) {
		budget.steps(map.size());
		Map<String, @Nullable Object> converted = LinkedHashMap.newLinkedHashMap(map.size());
		map.forEach((key, value) -> converted.put(String.valueOf(key), convert(value, budget, depth)));
		return converted;
	}

	private static List<@Nullable Object> list(Collection<?> list, RenderBudget budget, int depth) {
		budget.steps(list.size());
		List<@Nullable Object> converted = new ArrayList<>(list.size());
		for (Object element : list) {
			converted.add(convert(element, budget, depth));
		}
		return converted;
	}

}
