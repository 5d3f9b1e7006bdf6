package io.waypost.content.liquid.filter;

import io.waypost.content.liquid.value.BoundedText;
import org.jspecify.annotations.Nullable;

/** Filters for HTML. */
final class HtmlFilters {

	/** Elements whose content is removed with them: opening and closing text. */
	private static final String[][] BLOCKS = { { "<script", "</script>" }, { "<!--", "-->" },
			{ "<style", "</style>" } };

	private HtmlFilters() {
	}

	static void addTo(FilterRegistry registry) {
		registry.add("escape", HtmlFilters::escape)
			.add("h", HtmlFilters::escape)
			.add("escape_once", (input, arguments, context) -> escape(context.text(input), true, context))
			.add("newline_to_br", (input, arguments, context) -> lineBreaks(context.text(input), "<br />\n", context))
			.add("strip_newlines", (input, arguments, context) -> lineBreaks(context.text(input), "", context))
			.add("strip_html",
					(input, arguments, context) -> withoutTags(withoutBlocks(context.text(input), context), context));
	}

	private static @Nullable Object escape(@Nullable Object input, FilterArguments arguments, FilterContext context) {
		return (input != null) ? escape(context.text(input), false, context) : null;
	}

	private static String escape(String text, boolean once, FilterContext context) {
		BoundedText result = context.builder();
		int start = 0;
		for (int i = 0; i < text.length(); i++) {
			String escaped = escaped(text.charAt(i));
			if (escaped != null && !(once && isEntity(text, i))) {
				result.append(text, start, i).append(escaped);
				start = i + 1;
			}
		}
		return (start == 0) ? text : result.append(text, start, text.length()).toString();
	}

	private static @Nullable String escaped(char character) {
		return switch (character) {
			case '&' -> "&amp;";
			case '<' -> "&lt;";
			case '>' -> "&gt;";
			case '"' -> "&quot;";
			case '\'' -> "&#39;";
			default -> null;
		};
	}

	/** Whether an ampersand begins {@code &name;} or {@code &#123;}. */
	private static boolean isEntity(String text, int ampersand) {
		if (text.charAt(ampersand) != '&') {
			return false;
		}
		boolean number = text.startsWith("#", ampersand + 1);
		int start = number ? ampersand + 2 : ampersand + 1;
		int end = start;
		while (end < text.length() && isEntityCharacter(text.charAt(end), number)) {
			end++;
		}
		return end > start && text.startsWith(";", end);
	}

	private static boolean isEntityCharacter(char character, boolean number) {
		return number ? character >= '0' && character <= '9'
				: (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
	}

	private static String lineBreaks(String text, String replacement, FilterContext context) {
		BoundedText result = context.builder();
		int start = 0;
		for (int found = text.indexOf('\n'); found >= 0; found = text.indexOf('\n', start)) {
			boolean carriageReturn = found > start && text.charAt(found - 1) == '\r';
			result.append(text, start, carriageReturn ? found - 1 : found).append(replacement);
			start = found + 1;
		}
		return (start == 0) ? text : result.append(text, start, text.length()).toString();
	}

	private static String withoutBlocks(String text, FilterContext context) {
		BoundedText result = context.builder();
		int[] ends = new int[BLOCKS.length];
		int start = 0;
		for (int open = text.indexOf('<'); open >= 0; open = text.indexOf('<', open + 1)) {
			int end = blockEnd(text, open, ends);
			if (end >= 0) {
				result.append(text, start, open);
				start = end;
				open = end - 1;
			}
		}
		return (start == 0) ? text : result.append(text, start, text.length()).toString();
	}

	/**
	 * Returns where the block that begins here ends, -1 when there is none. The position
	 * of each closing text is kept, so that it is not searched again and again.
	 */
	private static int blockEnd(String text, int open, int[] ends) {
		for (int block = 0; block < BLOCKS.length; block++) {
			String closing = BLOCKS[block][1];
			if (text.startsWith(BLOCKS[block][0], open)) {
				int from = open + BLOCKS[block][0].length();
				if (ends[block] >= 0 && ends[block] < from) {
					ends[block] = text.indexOf(closing, from);
				}
				return (ends[block] < 0) ? -1 : ends[block] + closing.length();
			}
		}
		return -1;
	}

	private static String withoutTags(String text, FilterContext context) {
		BoundedText result = context.builder();
		int start = 0;
		for (int open = text.indexOf('<'); open >= 0; open = text.indexOf('<', start)) {
			int close = text.indexOf('>', open);
			if (close < 0) {
				break;
			}
			result.append(text, start, open);
			start = close + 1;
		}
		return (start == 0) ? text : result.append(text, start, text.length()).toString();
	}

}
