package io.waypost.agent.phrase;

/**
 * Features of a text that one pass can find. Most texts have none of them, which saves
 * matching expensive patterns.
 */
public final class TextFeatures {

	private TextFeatures() {
	}

	/**
	 * Whether a text has an ASCII digit.
	 * @param text any text
	 * @return true when it has
	 */
	public static boolean hasDigit(String text) {
		return text.chars().anyMatch((letter) -> letter >= '0' && letter <= '9');
	}

	/**
	 * Whether a text contains a value, ignoring case.
	 * @param text any text
	 * @param value the value
	 * @return true when it does
	 */
	public static boolean contains(String text, String value) {
		int last = text.length() - value.length();
		for (int at = 0; at <= last; at++) {
			if (text.regionMatches(true, at, value, 0, value.length())) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Whether a text has a full stop inside a word, as in a host name.
	 * @param text any text
	 * @return true when it has
	 */
	public static boolean hasInnerDot(String text) {
		for (int at = text.indexOf('.'); at >= 0; at = text.indexOf('.', at + 1)) {
			if (at + 1 < text.length()
					&& (Character.isLetterOrDigit(text.charAt(at + 1)) || Character.isSurrogate(text.charAt(at + 1)))) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Whether all characters are visible characters of Latin scripts, or line feeds.
	 * @param text any text
	 * @return true when they are
	 */
	public static boolean isPlain(String text) {
		return text.chars()
			.allMatch((letter) -> (letter >= ' ' && letter < 0x7f) || letter == '\n'
					|| (letter > 0xa0 && letter < 0x300 && letter != 0xad) || (letter >= 0x2010 && letter <= 0x2027)
					|| letter == 0x20ac);
	}

}
