package io.waypost.content.liquid.value;

import java.math.BigDecimal;
import java.math.BigInteger;

import org.jspecify.annotations.Nullable;

/** Conversions to numbers, as Ruby and Shopify Liquid do them. */
public final class LiquidNumbers {

	/** Longer numbers would make arithmetic slow. */
	static final int MAX_DIGITS = 400;

	private static final int MAX_BITS = 1330;

	private LiquidNumbers() {
	}

	/**
	 * Converts an operand of arithmetic.
	 * @param value the value; a text counts as the number that it begins with, all other
	 * values as 0
	 * @return a {@code Long}, {@code BigInteger} or {@code BigDecimal}
	 */
	public static Number toNumber(@Nullable Object value) {
		return switch (value) {
			case Long number -> number;
			case BigInteger number -> number;
			case Double number -> decimal(number);
			case String text -> toNumber(text);
			case null, default -> 0L;
		};
	}

	/**
	 * Converts a value that must be an integer.
	 * @param value the value
	 * @return the integer, limited to the range of {@code long}
	 * @throws LiquidException when the value is no integer
	 */
	public static long toInteger(@Nullable Object value, RenderBudget budget) {
		if (value instanceof Long number) {
			return number;
		}
		String text = LiquidText.of(value, budget);
		String digits = text.substring(RubyWhitespace.start(text, 0, text.length()),
				RubyWhitespace.end(text, RubyWhitespace.start(text, 0, text.length()), text.length()));
		if (digits.length() > MAX_DIGITS || integerEnd(digits) != digits.length() || !endsWithDigit(digits)) {
			throw LiquidException.of("'%s' is no integer; write a whole number such as 3".formatted(shortened(text)));
		}
		return clamp(integer(digits, digits.length()));
	}

	/**
	 * Converts a value to the integer that its text begins with.
	 * @param value the value
	 * @return the integer, 0 when there is none
	 */
	public static long leadingInteger(@Nullable Object value) {
		return switch (value) {
			case Long number -> number;
			case Double number -> (long) (double) number;
			case String text -> clamp(toInteger(text.substring(RubyWhitespace.start(text, 0, text.length()))));
			case null, default -> 0;
		};
	}

	/** Returns a {@code Long} when the number fits. */
	static Number reduce(BigInteger number) {
		if (number.bitLength() < Long.SIZE) {
			return number.longValue();
		}
		if (number.bitLength() > MAX_BITS) {
			throw LiquidException
				.limit("the number has more than %d digits; use smaller numbers".formatted(MAX_DIGITS));
		}
		return number;
	}

	static BigDecimal decimal(double number) {
		if (Double.isNaN(number) || Double.isInfinite(number)) {
			throw LiquidException.of("'%s' is no finite number; use smaller numbers".formatted(number));
		}
		return new BigDecimal(Double.toString(number));
	}

	private static Number toNumber(String text) {
		int start = RubyWhitespace.start(text, 0, text.length());
		String trimmed = text.substring(start, RubyWhitespace.end(text, start, text.length()));
		return isDecimal(trimmed) ? new BigDecimal(trimmed) : reduce(toInteger(trimmed));
	}

	private static BigInteger toInteger(String text) {
		int end = integerEnd(text);
		return integer(text, end);
	}

	private static BigInteger integer(String text, int end) {
		String digits = text.substring(0, end).replace("_", "");
		if (digits.length() > MAX_DIGITS) {
			throw LiquidException
				.limit("the number has more than %d digits; use smaller numbers".formatted(MAX_DIGITS));
		}
		boolean none = digits.isEmpty() || digits.equals("-") || digits.equals("+");
		return none ? BigInteger.ZERO : new BigInteger(digits);
	}

	/** Whether a text is digits, a dot and digits. */
	private static boolean isDecimal(String text) {
		int dot = text.indexOf('.');
		int first = text.startsWith("-") ? 1 : 0;
		return dot > first && dot < text.length() - 1 && text.length() <= MAX_DIGITS && isDigits(text, first, dot)
				&& isDigits(text, dot + 1, text.length());
	}

	private static boolean isDigits(String text, int from, int to) {
		for (int i = from; i < to; i++) {
			if (!isDigit(text.charAt(i))) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Returns where the integer at the start of a text ends. It may contain single
	 * underscores between digits.
	 */
	private static int integerEnd(String text) {
		int index = (text.startsWith("-") || text.startsWith("+")) ? 1 : 0;
		while (index < text.length() && (isDigit(text.charAt(index)) || isSeparator(text, index))) {
			index++;
		}
		return index;
	}

	private static boolean isSeparator(String text, int index) {
		return text.charAt(index) == '_' && index > 0 && isDigit(text.charAt(index - 1)) && index + 1 < text.length()
				&& isDigit(text.charAt(index + 1));
	}

	private static boolean endsWithDigit(String text) {
		return !text.isEmpty() && isDigit(text.charAt(text.length() - 1));
	}

	private static boolean isDigit(char character) {
		return character >= '0' && character <= '9';
	}

	private static long clamp(BigInteger number) {
		if (number.bitLength() < Long.SIZE) {
			return number.longValue();
		}
		return (number.signum() < 0) ? Long.MIN_VALUE : Long.MAX_VALUE;
	}

	private static String shortened(String text) {
		return (text.length() > 40) ? text.substring(0, 40) + "…" : text;
	}

}
