package io.waypost.agent.guard;

/**
 * What can be seen in one pass over a text. Most texts hold none of it, and then no
 * expensive pattern has to look.
 */
final class TextFeatures {

	private TextFeatures() {
	}

	static boolean hasDigit(String text) {
		return text.chars().anyMatch((letter) -> letter >= '0' && letter <= '9');
	}

	/** Whatever the case of letters. */
	static boolean contains(String text, String value) {
		int last = text.length() - value.length();
		for (int at = 0; at <= last; at++) {
			if (text.regionMatches(true, at, value, 0, value.length())) {
				return true;
			}
		}
		return false;
	}

	/** A full stop inside a word, as in a host name, not at its end. */
	static boolean hasInnerDot(String text) {
		for (int at = text.indexOf('.'); at >= 0; at = text.indexOf('.', at + 1)) {
			if (at + 1 < text.length() && Character.isLetterOrDigit(text.charAt(at + 1))) {
				return true;
			}
		}
		return false;
	}

	/** Only letters, marks and spaces of Latin scripts, all of them visible. */
	static boolean isPlain(String text) {
		return text.chars()
			.allMatch((letter) -> (letter >= ' ' && letter < 0x7f) || letter == '\n'
					|| (letter > 0xa0 && letter < 0x300 && letter != 0xad) || (letter >= 0x2010 && letter <= 0x2027)
					|| letter == 0x20ac);
	}

}
