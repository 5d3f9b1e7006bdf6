package io.waypost.agent.llm.privacy;

import java.text.Normalizer;
import java.util.BitSet;
import java.util.Locale;

/**
 * Letters and digits of a text, without case, accents and everything between them.
 * Remembers where something was between them.
 */
final class FoldedText {

	/** Shorter values occur by chance across the borders of words: "is a" is not Isa. */
	private static final int SURELY_SPLIT = 6;

	private final String characters;

	/** Bit i is set when the characters i-1 and i were apart, and at both ends. */
	private final BitSet breaks;

	private FoldedText(String characters, BitSet breaks) {
		this.characters = characters;
		this.breaks = breaks;
	}

	static FoldedText of(String text) {
		String plain = Normalizer.normalize(text, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
		StringBuilder characters = new StringBuilder(plain.length());
		BitSet breaks = new BitSet(plain.length());
		boolean apart = true;
		for (int i = 0; i < plain.length(); i++) {
			char character = plain.charAt(i);
			if (Character.isLetterOrDigit(character) || Character.isSurrogate(character)) {
				breaks.set(characters.length(), apart);
				characters.append(character);
				apart = false;
			}
			else {
				apart |= !isInvisible(character);
			}
		}
		breaks.set(characters.length());
		return new FoldedText(characters.toString(), breaks);
	}

	private static boolean isInvisible(char character) {
		int type = Character.getType(character);
		return type == Character.NON_SPACING_MARK || type == Character.FORMAT;
	}

	/** Whether the value is too short to identify. */
	boolean isTooShort() {
		return this.characters.length() < 2;
	}

	/**
	 * Returns whether a value occurs as one or more whole words, or letter by letter with
	 * something between the letters. A longer value may be split anywhere.
	 */
	boolean contains(FoldedText value) {
		int length = value.characters.length();
		for (int at = this.characters.indexOf(value.characters); at >= 0; at = this.characters.indexOf(value.characters,
				at + 1)) {
			if (this.breaks.get(at) && this.breaks.get(at + length)
					&& (length >= SURELY_SPLIT || isSplitLike(value, at))) {
				return true;
			}
		}
		return false;
	}

	private boolean isSplitLike(FoldedText value, int at) {
		int length = value.characters.length();
		BitSet inside = this.breaks.get(at + 1, at + length);
		return inside.isEmpty() || inside.cardinality() == length - 1 || inside.equals(value.breaks.get(1, length));
	}

}
