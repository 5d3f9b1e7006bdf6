package io.waypost.agent.pii;

/**
 * Replaces the digits of all scripts by those of ASCII, and full-width signs of telephone
 * numbers. Positions stay: a digit of two characters becomes a space and a digit.
 */
final class AsciiDigits {

	private static final String SIGNS = "\uff0b\ufe62\u207a\uff0d\ufe63\uff08\uff09\uff0e\uff0f\u3000";

	private static final String OF_SIGNS = "+++--().\u002f ";

	private AsciiDigits() {
	}

	/**
	 * Replaces digits and signs.
	 * @param text any text
	 * @return a text of the same length
	 */
	static String of(String text) {
		if (text.chars().noneMatch((letter) -> letter > 0x65f)) {
			return text;
		}
		char[] letters = text.toCharArray();
		for (int at = 0; at < letters.length; at++) {
			int letter = Character.codePointAt(letters, at);
			if (letter > 0x7f && Character.isDigit(letter)) {
				if (Character.charCount(letter) == 2) {
					letters[at++] = ' ';
				}
				letters[at] = (char) ('0' + Character.digit(letter, 10));
			}
			else if (SIGNS.indexOf(letter) >= 0) {
				letters[at] = OF_SIGNS.charAt(SIGNS.indexOf(letter));
			}
		}
		return new String(letters);
	}

}
