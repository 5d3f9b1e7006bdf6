package io.waypost.agent.guard;

/**
 * Takes the case from the letters of a text, as patterns that ignore case do: a long s is
 * an s, the Kelvin sign a k, a sigma at the end of a word a sigma. Letter for letter, so
 * that a place in the one text is the same place in the other.
 */
final class CaseFolding {

	/** The one mark of which folding would make a letter. */
	private static final char IOTA_BELOW = '\u0345';

	private CaseFolding() {
	}

	static String of(String text) {
		char[] letters = text.toCharArray();
		for (int i = 0; i < letters.length; i++) {
			if (letters[i] != IOTA_BELOW) {
				letters[i] = Character.toLowerCase(Character.toUpperCase(letters[i]));
			}
		}
		return new String(letters);
	}

}
