package io.waypost.agent.pii;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/**
 * A text with the features that one pass finds. Most texts have none of them, which saves
 * trying expensive patterns.
 */
final class ScannedText {

	/** Characters before a value in which a context word counts. */
	private static final int CONTEXT_BEFORE = 60;

	private static final int CONTEXT_AFTER = 20;

	private final String text;

	private final int digits;

	private final int colons;

	private final boolean at;

	private final boolean innerDot;

	private String[] words = new String[0];

	private ScannedText(String text, int digits, int colons, boolean at, boolean innerDot) {
		this.text = text;
		this.digits = digits;
		this.colons = colons;
		this.at = at;
		this.innerDot = innerDot;
	}

	static ScannedText of(String stated) {
		String text = AsciiDigits.of(stated);
		int digits = 0;
		int colons = 0;
		boolean at = false;
		boolean innerDot = false;
		for (int i = 0; i < text.length(); i++) {
			char letter = text.charAt(i);
			if (letter >= '0' && letter <= '9') {
				digits++;
			}
			else if (letter == ':') {
				colons++;
			}
			else if (letter == '@') {
				at = true;
			}
			else if (letter == '.' && i + 1 < text.length() && Character.isLetterOrDigit(text.charAt(i + 1))) {
				innerDot = true;
			}
		}
		return new ScannedText(text, digits, colons, at, innerDot);
	}

	String text() {
		return this.text;
	}

	boolean hasDigits(int atLeast) {
		return this.digits >= atLeast;
	}

	boolean hasColons(int atLeast) {
		return this.colons >= atLeast;
	}

	boolean hasAt() {
		return this.at;
	}

	boolean hasInnerDot() {
		return this.innerDot;
	}

	/**
	 * Whether a word near a value says what the value is: before it, or directly after
	 * it.
	 */
	boolean hasContext(int start, int end, Set<String> context) {
		String near = this.text.substring(Math.max(0, start - CONTEXT_BEFORE), start) + ' '
				+ this.text.substring(end, Math.min(this.text.length(), end + CONTEXT_AFTER));
		String folded = near.toLowerCase(Locale.ROOT);
		for (String word : context) {
			int at = folded.indexOf(word);
			if (at >= 0 && isWordStart(folded, at)) {
				return true;
			}
		}
		return false;
	}

	private static boolean isWordStart(String text, int at) {
		return at == 0 || !Character.isLetter(text.charAt(at - 1));
	}

	/**
	 * Whether the text consists of values without any words, like a field of a form.
	 */
	boolean isField() {
		if (this.words.length == 0) {
			this.words = this.text.strip().split("\\s+", -1);
		}
		return this.text.length() <= 80
				&& Arrays.stream(this.words).allMatch((word) -> word.chars().anyMatch(Character::isDigit));
	}

}
