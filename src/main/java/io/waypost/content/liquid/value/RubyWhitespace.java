package io.waypost.content.liquid.value;

/** Whitespace as Ruby's {@code strip} understands it: ASCII whitespace and NUL. */
public final class RubyWhitespace {

	private RubyWhitespace() {
	}

	/** Whether a character is whitespace. */
	public static boolean is(char character) {
		return character == ' ' || (character >= '\t' && character <= '\r') || character == 0;
	}

	/** Whether a text consists of whitespace only. */
	public static boolean isBlank(String text) {
		return start(text, 0, text.length()) == text.length();
	}

	/**
	 * Skips whitespace.
	 * @param text the text
	 * @param from where to begin
	 * @param to where to end
	 * @return index of the first other character, {@code to} when there is none
	 */
	public static int start(String text, int from, int to) {
		int index = from;
		while (index < to && is(text.charAt(index))) {
			index++;
		}
		return index;
	}

	/**
	 * Skips whitespace backwards.
	 * @param text the text
	 * @param from where to end
	 * @param to where to begin
	 * @return index after the last other character, {@code from} when there is none
	 */
	public static int end(String text, int from, int to) {
		int index = to;
		while (index > from && is(text.charAt(index - 1))) {
			index--;
		}
		return index;
	}

}
