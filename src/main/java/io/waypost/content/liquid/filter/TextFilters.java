package io.waypost.content.liquid.filter;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

import io.waypost.content.liquid.value.Comparison;
import io.waypost.content.liquid.value.LiquidRange;
import io.waypost.content.liquid.value.RubyWhitespace;
import io.waypost.content.liquid.value.SpecialValue;
import org.jspecify.annotations.Nullable;

/** Filters that change letters and the ends of texts, and {@code default}. */
final class TextFilters {

	/** Upper case may be longer than lower case, for example of ß. */
	private static final int LONGEST_CASE = 3;

	/** Size of an integer in bytes, which Ruby reports as its size. */
	private static final long SIZE_OF_AN_INTEGER = 8;

	private TextFilters() {
	}

	static void addTo(FilterRegistry registry) {
		registry.add("append", 1, 1, (input, arguments, context) -> concat(input, arguments.get(0), context))
			.add("prepend", 1, 1, (input, arguments, context) -> concat(arguments.get(0), input, context))
			.add("upcase",
					(input, arguments, context) -> cased(input, context, (text) -> text.toUpperCase(Locale.ROOT)))
			.add("downcase",
					(input, arguments, context) -> cased(input, context, (text) -> text.toLowerCase(Locale.ROOT)))
			.add("capitalize", (input, arguments, context) -> cased(input, context, TextFilters::capitalized))
			.add("strip", (input, arguments, context) -> strip(input, true, true, context))
			.add("lstrip", (input, arguments, context) -> strip(input, true, false, context))
			.add("rstrip", (input, arguments, context) -> strip(input, false, true, context))
			.add("size", (input, arguments, context) -> size(input, context))
			.add("default", 0, 1, "allow_false", TextFilters::defaultValue);
	}

	static String concat(@Nullable Object left, @Nullable Object right, FilterContext context) {
		String first = context.text(left);
		String second = context.text(right);
		context.budget().text((long) first.length() + second.length());
		return first.concat(second);
	}

	private static String cased(@Nullable Object input, FilterContext context, UnaryOperator<String> change) {
		String text = context.text(input);
		context.budget().text((long) LONGEST_CASE * text.length());
		return change.apply(text);
	}

	private static String capitalized(String text) {
		if (text.isEmpty()) {
			return text;
		}
		int first = text.offsetByCodePoints(0, 1);
		return text.substring(0, first).toUpperCase(Locale.ROOT) + text.substring(first).toLowerCase(Locale.ROOT);
	}

	private static String strip(@Nullable Object input, boolean left, boolean right, FilterContext context) {
		String text = context.text(input);
		int start = left ? RubyWhitespace.start(text, 0, text.length()) : 0;
		int end = right ? RubyWhitespace.end(text, start, text.length()) : text.length();
		context.budget().text(end - start);
		return text.substring(start, end);
	}

	private static long size(@Nullable Object input, FilterContext context) {
		return switch (input) {
			case String text -> text.codePointCount(0, context.text(text).length());
			case List<?> list -> list.size();
			case Map<?, ?> map -> map.size();
			case LiquidRange range -> range.size();
			case Long number -> SIZE_OF_AN_INTEGER;
			case null, default -> 0;
		};
	}

	private static @Nullable Object defaultValue(@Nullable Object input, FilterArguments arguments,
			FilterContext context) {
		boolean falseAllowed = Comparison.isTruthy(arguments.named().get("allow_false"));
		boolean absent = falseAllowed ? input == null : !Comparison.isTruthy(input);
		if (absent || Comparison.matches(input, SpecialValue.EMPTY, context.budget())) {
			return arguments.has(0) ? arguments.get(0) : "";
		}
		return input;
	}

}
