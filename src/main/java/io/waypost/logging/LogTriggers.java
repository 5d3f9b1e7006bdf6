package io.waypost.logging;

/** Finds in one pass what kinds of identifiers a text may contain. */
final class LogTriggers {

	static final int EMAIL = 1;

	static final int SECRET = 2;

	static final int KEY_DETAIL = 4;

	static final int ADDRESS = 8;

	static final int PHONE = 16;

	private LogTriggers() {
	}

	/**
	 * Scans a text.
	 * @param text the text
	 * @return the sum of the kinds, 0 for none
	 */
	static int scan(String text) {
		int found = 0;
		int joints = 0;
		for (int index = 0; index < text.length(); index++) {
			char letter = text.charAt(index);
			// Letters are most of a text and trigger nothing except after a prefix
			if (letter >= 'A' && letter <= 'z' && letter != '_') {
				found |= (letter == 'J' || letter == 'I') ? afterPrefix(text, index) : 0;
			}
			else if (letter > '9' || letter < '0') {
				found |= symbol(text, index, letter);
				joints += (letter == '.' && isDigit(text, index - 1) && isDigit(text, index + 1)) ? 1 : 0;
			}
			else if (letter == '0' && isExitCode(text, index)) {
				found |= PHONE;
			}
		}
		return (joints >= 3) ? found | ADDRESS : found;
	}

	/** The prefix 00 of an international number. */
	private static boolean isExitCode(String text, int index) {
		return at(text, index + 1) == '0' && !isDigit(text, index - 1)
				&& isDigit(text, (at(text, index + 2) == ' ') ? index + 3 : index + 2);
	}

	private static int symbol(String text, int index, char symbol) {
		return switch (symbol) {
			case '@', '\uff20' -> EMAIL | SECRET;
			case '%' -> percent(text, index);
			case '&' -> (text.startsWith("#64;", index + 1) || text.startsWith("commat;", index + 1)) ? EMAIL : 0;
			case ':', '=' -> assignment(text, index);
			case ' ', '\t' -> isScheme(text, index) ? SECRET : digitGroup(text, index);
			case '_' -> isTokenPrefix(text, index) ? SECRET : 0;
			case '-', '.' -> (isTokenPrefix(text, index) ? SECRET : 0) | digitGroup(text, index);
			case '/' -> isTokenPath(text, index) ? SECRET : 0;
			case '+', '\uff0b' -> isDigit(text, index + 1) || isDigit(text, index + 2) ? PHONE : 0;
			case ')' -> (digits(text, index - 3) && (digits(text, index + 1) || digits(text, index + 2))) ? PHONE : 0;
			default -> 0;
		};
	}

	private static int percent(String text, int index) {
		return switch (at(text, index + 1)) {
			case '4' -> EMAIL;
			case '3' -> SECRET;
			case '2' -> PHONE;
			default -> 0;
		};
	}

	/** Looks at the end of the name in front, for example of {@code password}. */
	private static int assignment(String text, int index) {
		int end = index;
		while (end > 0 && (at(text, end - 1) <= ' ' || at(text, end - 1) == '"' || at(text, end - 1) == '\'')) {
			end--;
		}
		boolean secret = switch (at(text, end - 1) | 0x20) {
			case 'd' -> endsWith(text, end, "password") || endsWith(text, end, "pwd") || endsWith(text, end, "passwd");
			case 't' -> endsWith(text, end, "secret");
			case 'n' -> endsWith(text, end, "token") || endsWith(text, end, "authorization");
			case 'y' -> endsWith(text, end, "key");
			case 's', 'l' -> endsWith(text, end, "credential") || endsWith(text, end, "credentials");
			case 'e' -> endsWith(text, end, "cookie");
			default -> false;
		};
		int found = secret ? SECRET : 0;
		if (at(text, index) == '=') {
			return (at(text, end - 1) == ')') ? found | KEY_DETAIL : found;
		}
		found |= (at(text, index + 1) == ':' || at(text, index - 5) == ':') ? ADDRESS : 0;
		found |= endsWith(text, index, "tel") ? PHONE : 0;
		return (at(text, index + 1) == '/') ? found | urlUser(text, index) : found;
	}

	/** The middle of three groups of 3, 3 and 4 digits. */
	private static int digitGroup(String text, int index) {
		return (isDigit(text, index + 1) && digits(text, index - 3) && digits(text, index + 1)
				&& digits(text, index + 5)) ? PHONE : 0;
	}

	private static boolean digits(String text, int index) {
		return isDigit(text, index) && isDigit(text, index + 1) && isDigit(text, index + 2);
	}

	private static boolean isScheme(String text, int index) {
		char last = at(text, index - 1);
		return (last == 'r' || last == 'c' || last == 'R' || last == 'C')
				&& (endsWith(text, index, "bearer") || endsWith(text, index, "basic"));
	}

	private static int urlUser(String text, int index) {
		return (text.indexOf('@', index) >= 0) ? SECRET : 0;
	}

	private static int afterPrefix(String text, int index) {
		return (text.startsWith("eyJ", index - 2) || text.startsWith("AKIA", index - 2)
				|| text.startsWith("ASIA", index - 2)) ? SECRET : 0;
	}

	private static boolean isTokenPrefix(String text, int index) {
		int start = index - 3;
		return text.startsWith("wp", start) || text.startsWith("gh", start) || text.startsWith("hv", start)
				|| text.startsWith("SG", index - 2) || text.startsWith("sk", index - 2);
	}

	private static boolean isTokenPath(String text, int index) {
		return text.startsWith("/t/", index - 4) || text.startsWith("/t/", index - 3)
				|| text.startsWith("/u/", index - 2) || text.startsWith("/invitation/", index - 11);
	}

	private static boolean endsWith(String text, int end, String word) {
		return text.regionMatches(true, end - word.length(), word, 0, word.length());
	}

	private static boolean isDigit(String text, int index) {
		char letter = at(text, index);
		return letter >= '0' && letter <= '9';
	}

	private static char at(String text, int index) {
		return (index >= 0 && index < text.length()) ? text.charAt(index) : 0;
	}

}
