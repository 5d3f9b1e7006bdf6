package io.waypost.content.liquid.value;

import java.math.BigDecimal;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** Values as text, as Ruby's {@code to_s} and {@code inspect} print them. */
public final class LiquidText {

	private static final int FIRST_EXPONENT = 16;

	private static final int LAST_EXPONENT = -4;

	private LiquidText() {
	}

	/**
	 * Returns the text of a value.
	 * @param value the value; nil is an empty text
	 * @param budget charged for a text that does not exist yet
	 * @return the text
	 */
	public static String of(@Nullable Object value, RenderBudget budget) {
		return switch (value) {
			case null -> "";
			case String text -> text;
			case Double number -> decimal(number);
			case List<?> list -> inspected(list, budget);
			case Map<?, ?> map -> inspected(map, budget);
			default -> value.toString();
		};
	}

	/**
	 * Writes a value. The elements of lists are written one after the other.
	 * @param value the value
	 * @param output where to append
	 * @param budget charged for the texts
	 */
	public static void write(@Nullable Object value, BoundedText output, RenderBudget budget) {
		if (value instanceof List<?> list) {
			budget.steps(list.size());
			for (Object element : list) {
				write(element, output, budget);
			}
		}
		else if (value instanceof Map<?, ?>) {
			inspect(value, output, budget);
		}
		else {
			output.append(of(value, budget));
		}
	}

	private static String inspected(Object value, RenderBudget budget) {
		BoundedText text = BoundedText.intermediate(budget);
		inspect(value, text, budget);
		return text.toString();
	}

	private static void inspect(@Nullable Object value, BoundedText text, RenderBudget budget) {
		budget.step();
		switch (value) {
			case null -> text.append("nil");
			case String string -> quote(string, text);
			case List<?> list -> inspect(list, text, budget);
			case Map<?, ?> map -> inspect(map, text, budget);
			default -> text.append(of(value, budget));
		}
	}

	private static void inspect(List<?> list, BoundedText text, RenderBudget budget) {
		text.append('[');
		for (Iterator<?> elements = list.iterator(); elements.hasNext();) {
			inspect(elements.next(), text, budget);
			text.append(elements.hasNext() ? ", " : "");
		}
		text.append(']');
	}

	private static void inspect(Map<?, ?> map, BoundedText text, RenderBudget budget) {
		text.append('{');
		String separator = "";
		for (Map.Entry<?, ?> entry : map.entrySet()) {
			text.append(separator);
			inspect(entry.getKey(), text, budget);
			text.append("=>");
			inspect(entry.getValue(), text, budget);
			separator = ", ";
		}
		text.append('}');
	}

	private static void quote(String string, BoundedText text) {
		text.append('"');
		for (int i = 0; i < string.length(); i++) {
			char character = string.charAt(i);
			switch (character) {
				case '"' -> text.append("\\\"");
				case '\\' -> text.append("\\\\");
				case '\n' -> text.append("\\n");
				case '\r' -> text.append("\\r");
				case '\t' -> text.append("\\t");
				default -> text.append(character);
			}
		}
		text.append('"');
	}

	/** Prints the shortest decimal as Ruby does: 5.0, 0.0001, 1.0e+16. */
	static String decimal(double number) {
		if (number == 0 || Double.isNaN(number) || Double.isInfinite(number)) {
			return String.valueOf(number);
		}
		BigDecimal shortest = new BigDecimal(Double.toString(number)).stripTrailingZeros();
		int exponent = shortest.precision() - shortest.scale() - 1;
		if (exponent < FIRST_EXPONENT && exponent >= LAST_EXPONENT) {
			return (shortest.scale() <= 0) ? shortest.toPlainString() + ".0" : shortest.toPlainString();
		}
		String digits = shortest.unscaledValue().abs().toString();
		String fraction = (digits.length() > 1) ? digits.substring(1) : "0";
		return "%s%s.%se%s%02d".formatted((number < 0) ? "-" : "", digits.charAt(0), fraction,
				(exponent < 0) ? "-" : "+", Math.abs(exponent));
	}

}
