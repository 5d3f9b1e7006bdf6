package io.waypost.logging;

/**
 * Escapes control characters, so that a value cannot end a log line and begin a forged
 * one, colour the terminal or reverse the text. A tab stays.
 */
final class LogEscaper {

	private LogEscaper() {
	}

	/**
	 * Escapes a text.
	 * @param text message of a log line or of an exception
	 * @return the same object if there is nothing to escape
	 */
	static String escape(String text) {
		for (int index = 0; index < text.length(); index++) {
			if (isControl(text.charAt(index))) {
				return escapeFrom(text, index);
			}
		}
		return text;
	}

	private static String escapeFrom(String text, int start) {
		StringBuilder escaped = new StringBuilder(text.length() + 16).append(text, 0, start);
		for (int index = start; index < text.length(); index++) {
			char letter = text.charAt(index);
			switch (letter) {
				case '\n' -> escaped.append("\\n");
				case '\r' -> escaped.append("\\r");
				default -> {
					if (isControl(letter)) {
						escaped.append("\\u%04x".formatted((int) letter));
					}
					else {
						escaped.append(letter);
					}
				}
			}
		}
		return escaped.toString();
	}

	/** Control characters, line and paragraph separators, and marks of direction. */
	private static boolean isControl(char letter) {
		return letter < ' ' && letter != '\t' || letter >= 0x7f && letter < 0xa0 || letter >= 0x2028 && letter <= 0x202e
				|| letter >= 0x2066 && letter <= 0x2069;
	}

}
