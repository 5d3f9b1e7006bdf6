package io.waypost.content.liquid.value;

import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** Comparison of values as in Ruby: values of different types are never equal. */
public final class Comparison {

	private Comparison() {
	}

	/** Whether a value counts as true: all values but nil and false. */
	public static boolean isTruthy(@Nullable Object value) {
		return value != null && !Boolean.FALSE.equals(value);
	}

	/**
	 * Compares for equality in a condition, where {@code blank} and {@code empty} have a
	 * meaning.
	 * @param left a value
	 * @param right a value
	 * @param budget charged for what is read
	 * @return whether they are equal
	 */
	public static boolean matches(@Nullable Object left, @Nullable Object right, RenderBudget budget) {
		if (left instanceof SpecialValue special) {
			return special.matches(right);
		}
		if (right instanceof SpecialValue special) {
			return special.matches(left);
		}
		return equal(left, right, budget);
	}

	/**
	 * Compares for equality.
	 * @param left a value
	 * @param right a value
	 * @param budget charged for what is read
	 * @return whether they are equal
	 */
	public static boolean equal(@Nullable Object left, @Nullable Object right, RenderBudget budget) {
		if (left instanceof Number first && right instanceof Number second) {
			return compareNumbers(first, second) == 0;
		}
		if (left instanceof String first && right instanceof String second) {
			return first.length() == second.length() && equalTexts(first, second, budget);
		}
		if (left instanceof List<?> first && right instanceof List<?> second) {
			return first.size() == second.size() && equalLists(first, second, budget);
		}
		if (left instanceof Map<?, ?> first && right instanceof Map<?, ?> second) {
			return first.size() == second.size() && equalMaps(first, second, budget);
		}
		return (left == null) ? right == null : left.equals(right);
	}

	/**
	 * Compares in order.
	 * @param left a value
	 * @param right a value
	 * @param budget charged for what is read
	 * @return negative, 0 or positive; null when the values have no order
	 */
	public static @Nullable Integer compare(@Nullable Object left, @Nullable Object right, RenderBudget budget) {
		if (left instanceof Number first && right instanceof Number second) {
			return compareNumbers(first, second);
		}
		if (left instanceof String first && right instanceof String second) {
			return compareTexts(first, second, budget);
		}
		return equal(left, right, budget) ? Integer.valueOf(0) : null;
	}

	/**
	 * Compares in a condition with {@code <}, {@code >}, {@code <=} or {@code >=}.
	 * @param left a value
	 * @param right a value
	 * @param budget charged for what is read
	 * @return negative, 0 or positive; null when one of the values has no order, so that
	 * the condition is false
	 * @throws LiquidException for a text and a number
	 */
	public static @Nullable Integer order(@Nullable Object left, @Nullable Object right, RenderBudget budget) {
		boolean ordered = isOrdered(left) && isOrdered(right);
		if (ordered && left instanceof String != right instanceof String) {
			throw LiquidException
				.of("a text and a number cannot be compared; convert the text with plus: 0, or quote the number");
		}
		return ordered ? compare(left, right, budget) : null;
	}

	/**
	 * Tests the operator {@code contains}.
	 * @param left a text, list, object or range
	 * @param right what it may contain
	 * @param budget charged for what is read
	 * @return whether it does
	 */
	public static boolean contains(@Nullable Object left, @Nullable Object right, RenderBudget budget) {
		if (!isTruthy(right)) {
			return false;
		}
		return switch (left) {
			case String text -> Substrings.indexOf(text, LiquidText.of(right, budget), 0, budget) >= 0;
			case List<?> list -> list.stream().anyMatch((element) -> equal(element, right, budget));
			case Map<?, ?> map -> right instanceof String && map.containsKey(right);
			case LiquidRange range -> right instanceof Number number && range.contains(number);
			case null, default -> false;
		};
	}

	/** Orders texts by code point, as UTF-8 bytes are ordered. */
	static int compareTexts(String left, String right, RenderBudget budget) {
		int length = Math.min(left.length(), right.length());
		budget.read(length);
		for (int i = 0; i < length; i++) {
			if (left.charAt(i) != right.charAt(i)) {
				return compareCharacters(left.charAt(i), right.charAt(i));
			}
		}
		return Integer.compare(left.length(), right.length());
	}

	/** Returns a comparator that charges the budget. */
	public static Comparator<String> texts(RenderBudget budget) {
		return (left, right) -> compareTexts(left, right, budget);
	}

	private static int compareCharacters(char left, char right) {
		if (Character.isSurrogate(left) != Character.isSurrogate(right)) {
			return Character.isSurrogate(left) ? 1 : -1;
		}
		return Character.compare(left, right);
	}

	private static boolean isOrdered(@Nullable Object value) {
		return value instanceof Number || value instanceof String;
	}

	private static int compareNumbers(Number left, Number right) {
		if (left instanceof Long first && right instanceof Long second) {
			return first.compareTo(second);
		}
		if (isFinite(left) && isFinite(right)) {
			return Arithmetic.decimal(left).compareTo(Arithmetic.decimal(right));
		}
		return Double.compare(left.doubleValue(), right.doubleValue());
	}

	private static boolean isFinite(Number number) {
		return !(number instanceof Double) || Double.isFinite(number.doubleValue());
	}

	private static boolean equalTexts(String left, String right, RenderBudget budget) {
		budget.read(left.length());
		return left.equals(right);
	}

	private static boolean equalLists(List<?> left, List<?> right, RenderBudget budget) {
		Iterator<?> others = right.iterator();
		for (Object element : left) {
			budget.step();
			if (!equal(element, others.next(), budget)) {
				return false;
			}
		}
		return true;
	}

	private static boolean equalMaps(Map<?, ?> left, Map<?, ?> right, RenderBudget budget) {
		for (Map.Entry<?, ?> entry : left.entrySet()) {
			budget.step();
			if (!right.containsKey(entry.getKey()) || !equal(entry.getValue(), right.get(entry.getKey()), budget)) {
				return false;
			}
		}
		return true;
	}

}
