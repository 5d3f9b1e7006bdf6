package io.waypost.content.liquid.filter;

import java.util.ArrayList;
import java.util.List;

import io.waypost.content.liquid.value.BoundedText;
import io.waypost.content.liquid.value.LiquidNumbers;
import io.waypost.content.liquid.value.RubyWhitespace;
import io.waypost.content.liquid.value.Substrings;
import org.jspecify.annotations.Nullable;

/** Filters that cut texts and lists. Lengths and positions count code points. */
final class SubstringFilters {

	private static final long DEFAULT_LENGTH = 50;

	private static final long DEFAULT_WORDS = 15;

	private SubstringFilters() {
	}

	static void addTo(FilterRegistry registry) {
		registry.add("slice", 1, 2, SubstringFilters::slice)
			.add("truncate", 0, 2, SubstringFilters::truncate)
			.add("truncatewords", 0, 2, SubstringFilters::truncateWords)
			.add("split", 1, 1,
					(input, arguments, context) -> split(context.text(input), context.text(arguments.get(0)), context));
	}

	private static Object slice(@Nullable Object input, FilterArguments arguments, FilterContext context) {
		long offset = LiquidNumbers.toInteger(arguments.get(0), context.budget());
		long length = (arguments.get(1) != null) ? LiquidNumbers.toInteger(arguments.get(1), context.budget()) : 1;
		if (input instanceof List<?> list) {
			return slice(list, offset, length, context);
		}
		String text = context.text(input);
		int size = text.codePointCount(0, text.length());
		long from = (offset < 0) ? offset + size : offset;
		if (from < 0 || from > size || length < 0) {
			return "";
		}
		int start = text.offsetByCodePoints(0, (int) from);
		int end = text.offsetByCodePoints(start, (int) Math.min(length, size - from));
		context.budget().text(end - start);
		return text.substring(start, end);
	}

	private static List<?> slice(List<?> list, long offset, long length, FilterContext context) {
		long from = (offset < 0) ? offset + list.size() : offset;
		if (from < 0 || from > list.size() || length < 0) {
			return List.of();
		}
		long number = Math.min(length, list.size() - from);
		context.budget().list(number);
		return new ArrayList<>(list.subList((int) from, (int) (from + number)));
	}

	private static @Nullable Object truncate(@Nullable Object input, FilterArguments arguments, FilterContext context) {
		if (input == null) {
			return null;
		}
		String text = context.text(input);
		long length = arguments.has(0) ? LiquidNumbers.toInteger(arguments.get(0), context.budget()) : DEFAULT_LENGTH;
		String ending = arguments.has(1) ? context.text(arguments.get(1)) : "...";
		int size = text.codePointCount(0, text.length());
		if (size <= length) {
			return text;
		}
		long kept = Math.max(0, length - ending.codePointCount(0, ending.length()));
		int end = text.offsetByCodePoints(0, (int) Math.min(kept, size));
		return context.builder().append(text, 0, end).append(ending).toString();
	}

	private static @Nullable Object truncateWords(@Nullable Object input, FilterArguments arguments,
			FilterContext context) {
		if (input == null) {
			return null;
		}
		String text = context.text(input);
		long words = arguments.has(0) ? LiquidNumbers.toInteger(arguments.get(0), context.budget()) : DEFAULT_WORDS;
		String ending = arguments.has(1) ? context.text(arguments.get(1)) : "...";
		BoundedText kept = context.builder();
		int start = RubyWhitespace.start(text, 0, text.length());
		for (long word = 0; word < Math.max(1, words) && start < text.length(); word++) {
			int end = wordEnd(text, start);
			kept.append((word > 0) ? " " : "").append(text, start, end);
			start = RubyWhitespace.start(text, end, text.length());
		}
		return (start < text.length()) ? kept.append(ending).toString() : text;
	}

	private static List<String> split(String text, String separator, FilterContext context) {
		List<String> parts = separator.equals(" ") ? words(text, context)
				: separator.isEmpty() ? characters(text, context) : separated(text, separator, context);
		while (!parts.isEmpty() && parts.getLast().isEmpty()) {
			parts.removeLast();
		}
		return parts;
	}

	private static List<String> words(String text, FilterContext context) {
		List<String> parts = new ArrayList<>();
		int start = RubyWhitespace.start(text, 0, text.length());
		while (start < text.length()) {
			int end = wordEnd(text, start);
			add(parts, text, start, end, context);
			start = RubyWhitespace.start(text, end, text.length());
		}
		return parts;
	}

	private static List<String> characters(String text, FilterContext context) {
		List<String> parts = new ArrayList<>();
		for (int start = 0; start < text.length();) {
			int end = text.offsetByCodePoints(start, 1);
			add(parts, text, start, end, context);
			start = end;
		}
		return parts;
	}

	private static List<String> separated(String text, String separator, FilterContext context) {
		List<String> parts = new ArrayList<>();
		int start = 0;
		int found = Substrings.indexOf(text, separator, 0, context.budget());
		while (found >= 0) {
			add(parts, text, start, found, context);
			start = found + separator.length();
			found = Substrings.indexOf(text, separator, start, context.budget());
		}
		add(parts, text, start, text.length(), context);
		return parts;
	}

	private static void add(List<String> parts, String text, int start, int end, FilterContext context) {
		context.budget().list(1);
		context.budget().text(end - start);
		parts.add(text.substring(start, end));
	}

	private static int wordEnd(String text, int start) {
		int end = start;
		while (end < text.length() && !RubyWhitespace.is(text.charAt(end))) {
			end++;
		}
		return end;
	}

}
