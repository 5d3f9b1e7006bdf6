package io.waypost.content.liquid.tag;

import io.waypost.content.liquid.value.LiquidException;
import io.waypost.content.liquid.value.RubyWhitespace;

/** Reads names and fragments from the text of a tag. */
final class TagText {

	private static final int OPENING = 2;

	private TagText() {
	}

	/** Returns where the name of the tag begins that opens here. */
	static int nameStart(String source, int open) {
		int start = source.startsWith("-", open + OPENING) ? open + OPENING + 1 : open + OPENING;
		return RubyWhitespace.start(source, start, source.length());
	}

	/**
	 * Returns the name that begins here.
	 * @param source the template
	 * @param start where it begins
	 * @param limit where the tag ends
	 * @return a hash sign or letters, digits and underscores
	 */
	static String name(String source, int start, int limit) {
		if (start < limit && source.charAt(start) == '#') {
			return "#";
		}
		int end = start;
		while (end < limit && isWord(source.charAt(end))) {
			end++;
		}
		return source.substring(Math.min(start, end), end);
	}

	private static boolean isWord(char character) {
		return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z')
				|| (character >= '0' && character <= '9') || character == '_';
	}

	static LiquidException neverClosed(TemplateToken tag) {
		return LiquidException.at(tag.offset(),
				"the tag '%s' is never closed; add {%% end%s %%}".formatted(tag.name(), tag.name()));
	}

}
