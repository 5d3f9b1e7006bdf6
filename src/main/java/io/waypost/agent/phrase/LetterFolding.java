package io.waypost.agent.phrase;

import java.text.Normalizer;

/** Folds letters to lower case without accents. */
final class LetterFolding {

	private static final int TABLE = 0x250;

	private static final String[] FOLDED = new String[TABLE];

	static {
		for (char letter = 0; letter < TABLE; letter++) {
			FOLDED[letter] = fold(letter);
		}
	}

	private LetterFolding() {
	}

	/** Appends the folded letter: none for a combining mark, two for some ligatures. */
	static void append(StringBuilder word, char letter) {
		if (letter >= 'a' && letter <= 'z') {
			word.append(letter);
		}
		else {
			word.append((letter < TABLE) ? FOLDED[letter] : fold(letter));
		}
	}

	private static String fold(char letter) {
		return switch (letter) {
			case '\u00df', '\u1e9e' -> "ss";
			case '\u00e6', '\u00c6' -> "ae";
			case '\u0153', '\u0152' -> "oe";
			case '\u00f8', '\u00d8' -> "o";
			case '\u0142', '\u0141' -> "l";
			case '\u0131', '\u0130' -> "i";
			case '\u017f' -> "s";
			default -> Normalizer
				.normalize(String.valueOf(Character.toLowerCase(Character.toUpperCase(letter))), Normalizer.Form.NFKD)
				.replaceAll("\\p{M}+", "");
		};
	}

	/** Folds a text character by character. */
	static String fold(String text) {
		StringBuilder folded = new StringBuilder(text.length());
		for (int i = 0; i < text.length(); i++) {
			append(folded, text.charAt(i));
		}
		return folded.toString();
	}

}
