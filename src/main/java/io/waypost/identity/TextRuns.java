package io.waypost.identity;

/**
 * Finds long runs of characters that no text for readers has: the time and the stack that
 * patterns need grow with the length of such a run, so texts of users are tested before.
 */
public final class TextRuns {

	/** Most characters without white space. Long URLs have less. */
	private static final int MAX_UNBROKEN = 500;

	/** Most characters without a letter, such as digits, spaces and punctuation. */
	private static final int MAX_WITHOUT_LETTER = 300;

	/** From here on, scripts are usual that put no spaces between words. */
	private static final char FIRST_UNSPACED = '\u0e00';

	private TextRuns() {
	}

	/**
	 * Whether patterns can be applied to a text.
	 * @param text any text
	 * @return false if it has a long run without white space or without letters
	 */
	public static boolean isReadable(String text) {
		return text.length() <= MAX_WITHOUT_LETTER || runStart(text, 0) < 0;
	}

	/**
	 * Replaces long runs.
	 * @param text any text
	 * @param replacement what takes the place of each run
	 * @return a text that {@link #isReadable}
	 */
	public static String replace(String text, String replacement) {
		if (isReadable(text)) {
			return text;
		}
		StringBuilder left = new StringBuilder();
		int copied = 0;
		for (int start = runStart(text, 0); start >= 0; start = runStart(text, copied)) {
			left.append(text, copied, start).append(replacement).append(' ');
			copied = runEnd(text, start);
		}
		return left.append(text, copied, text.length()).toString();
	}

	/** Returns the start of the first long run, -1 if there is none. */
	private static int runStart(String text, int from) {
		int unbroken = from;
		int withoutLetter = from;
		for (int i = from; i < text.length(); i++) {
			char letter = text.charAt(i);
			if (letter >= FIRST_UNSPACED && Character.isLetterOrDigit(letter)) {
				unbroken = i + 1;
				withoutLetter = i + 1;
			}
			else if (Character.isWhitespace(letter)) {
				unbroken = i + 1;
			}
			else if (Character.isLetter(letter)) {
				withoutLetter = i + 1;
			}
			if (i + 1 - unbroken > MAX_UNBROKEN) {
				return unbroken;
			}
			if (i + 1 - withoutLetter > MAX_WITHOUT_LETTER) {
				return withoutLetter;
			}
		}
		return -1;
	}

	/** A run ends where neither of its kinds goes on. */
	private static int runEnd(String text, int start) {
		int end = start;
		boolean letters = false;
		while (end < text.length()) {
			char letter = text.charAt(end);
			letters |= Character.isLetter(letter);
			if ((letter >= FIRST_UNSPACED && Character.isLetterOrDigit(letter))
					|| (Character.isWhitespace(letter) && letters)) {
				return end;
			}
			end++;
		}
		return end;
	}

}
