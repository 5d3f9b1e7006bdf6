package io.waypost.agent.phrase;

/**
 * Folds the case of a text like case-insensitive patterns do: long s becomes s, the
 * Kelvin sign k, a final sigma sigma. Works character by character, so positions in the
 * folded text are those of the original.
 */
public final class CaseFolding {

	/** The only combining mark that folding would turn into a letter. */
	private static final char IOTA_BELOW = '\u0345';

	private CaseFolding() {
	}

	/**
	 * Folds a text.
	 * @param text any text
	 * @return a text of the same length
	 */
	public static String of(String text) {
		char[] letters = text.toCharArray();
		for (int i = 0; i < letters.length; i++) {
			if (letters[i] != IOTA_BELOW) {
				letters[i] = Character.toLowerCase(Character.toUpperCase(letters[i]));
			}
		}
		return new String(letters);
	}

}
