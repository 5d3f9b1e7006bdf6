package io.waypost.content.liquid.filter;

import io.waypost.content.liquid.value.BoundedText;
import io.waypost.content.liquid.value.RenderBudget;
import io.waypost.content.liquid.value.Substrings;

/** Filters that replace or remove parts of texts. They know no patterns. */
final class ReplaceFilters {

	private ReplaceFilters() {
	}

	static void addTo(FilterRegistry registry) {
		registry.add("replace", 1, 2, with(ReplaceFilters::all))
			.add("replace_first", 1, 2, with(ReplaceFilters::first))
			.add("replace_last", 2, 2, with(ReplaceFilters::last))
			.add("remove", 1, 1, with(ReplaceFilters::all))
			.add("remove_first", 1, 1, with(ReplaceFilters::first))
			.add("remove_last", 1, 1, with(ReplaceFilters::last));
	}

	/** The replacement is empty when it is not given. */
	private static FilterFunction with(Replacer replacer) {
		return (input, arguments, context) -> replacer.replace(context.text(input), context.text(arguments.get(0)),
				context.text(arguments.get(1)), context);
	}

	private static String all(String text, String part, String replacement, FilterContext context) {
		BoundedText result = context.builder();
		if (part.isEmpty()) {
			return between(text, replacement, result);
		}
		RenderBudget budget = context.budget();
		int start = 0;
		for (int found = Substrings.indexOf(text, part, 0, budget); found >= 0; found = Substrings.indexOf(text, part,
				start, budget)) {
			result.append(text, start, found).append(replacement);
			start = found + part.length();
		}
		return (start == 0) ? text : result.append(text, start, text.length()).toString();
	}

	/** Inserts the replacement before each character and at the end. */
	private static String between(String text, String replacement, BoundedText result) {
		for (int start = 0; start < text.length();) {
			int end = text.offsetByCodePoints(start, 1);
			result.append(replacement).append(text, start, end);
			start = end;
		}
		return result.append(replacement).toString();
	}

	private static String first(String text, String part, String replacement, FilterContext context) {
		return at(Substrings.indexOf(text, part, 0, context.budget()), text, part, replacement, context);
	}

	private static String last(String text, String part, String replacement, FilterContext context) {
		return at(Substrings.lastIndexOf(text, part, context.budget()), text, part, replacement, context);
	}

	private static String at(int index, String text, String part, String replacement, FilterContext context) {
		if (index < 0) {
			return text;
		}
		return context.builder()
			.append(text, 0, index)
			.append(replacement)
			.append(text, index + part.length(), text.length())
			.toString();
	}

	/** A way to replace a part of a text. */
	private interface Replacer {

		String replace(String text, String part, String replacement, FilterContext context);

	}

}
