package io.waypost.logging;

/**
 * Replaces e-mail addresses: RFC 5322 with quoted local parts, comments and address
 * literals, RFC 6531 with letters of all scripts, and {@code @} as {@code %40} or as an
 * HTML entity. A hash behind {@code @}, as in {@code Object@1b6d3586}, is no address.
 */
final class EmailRedactor {

	private static final String LABEL = "[e-mail]";

	private static final String LOCAL_SYMBOLS = "!#$%*+-=^_`~.'";

	private static final int MAX_LOCAL = 128;

	private static final int MAX_DOMAIN = 255;

	private static final int MAX_LITERAL = 60;

	private final String text;

	private final StringBuilder redacted = new StringBuilder();

	/** End of what was copied. */
	private int copied;

	private EmailRedactor(String text) {
		this.text = text;
	}

	static String redact(String text) {
		return new EmailRedactor(text).redact();
	}

	private String redact() {
		for (int index = 0; index < this.text.length(); index++) {
			int length = signLength(index);
			if (length > 0) {
				int start = localStart(index);
				int end = domainEnd(index + length);
				if (start < index && end > index + length && !isHash(index + length, end)) {
					this.redacted.append(this.text, this.copied, start).append(LABEL);
					this.copied = end;
					index = end - 1;
				}
			}
		}
		return (this.copied == 0) ? this.text
				: this.redacted.append(this.text, this.copied, this.text.length()).toString();
	}

	private int signLength(int index) {
		char letter = this.text.charAt(index);
		if (letter == '@' || letter == '\uff20') {
			return 1;
		}
		for (String encoded : new String[] { "%40", "&#64;", "&commat;" }) {
			if (letter == encoded.charAt(0) && this.text.startsWith(encoded, index)) {
				return encoded.length();
			}
		}
		return 0;
	}

	private int localStart(int sign) {
		int end = skipSpaces(sign);
		if (end > this.copied && this.text.charAt(end - 1) == ')') {
			int open = opening('(', end - 1);
			end = (open > this.copied) ? open : end;
		}
		if (end > this.copied && this.text.charAt(end - 1) == '"') {
			int open = opening('"', end - 1);
			return (open >= this.copied) ? open : sign;
		}
		int start = end;
		while (start > this.copied && end - start < MAX_LOCAL && isLocal(this.text.charAt(start - 1))) {
			start--;
		}
		start = afterName(start, end);
		while (start < end && "'.`".indexOf(this.text.charAt(start)) >= 0) {
			start++;
		}
		return (start < end) ? start : sign;
	}

	/**
	 * Finds the last character of this kind before a position, near enough for a local
	 * part.
	 */
	private int opening(char bracket, int before) {
		for (int index = before - 1; index >= Math.max(0, before - MAX_LOCAL + 2); index--) {
			if (this.text.charAt(index) == bracket) {
				return index;
			}
		}
		return -1;
	}

	/** Obsolete syntax allows spaces around the sign. */
	private int skipSpaces(int sign) {
		int end = sign;
		while (end > this.copied && sign - end < 2 && this.text.charAt(end - 1) == ' ') {
			end--;
		}
		return (end == sign || at(sign + 1) == ' ') ? end : sign;
	}

	/** Keeps the name of {@code email=ada@example.com}, but no part of a VERP address. */
	private int afterName(int start, int end) {
		int equals = this.text.indexOf('=', start, end);
		if (equals < 0) {
			return start;
		}
		for (int index = start; index < equals; index++) {
			char letter = this.text.charAt(index);
			if (!Character.isLetter(letter) && letter != '_' && letter != '-') {
				return start;
			}
		}
		return equals + 1;
	}

	private int domainEnd(int from) {
		int start = from;
		while (start - from < 2 && at(start) == ' ') {
			start++;
		}
		if (at(start) == '[') {
			int close = this.text.indexOf(']', start, Math.min(start + MAX_LITERAL, this.text.length()));
			return (close > 0) ? close + 1 : from;
		}
		int end = start;
		while (end < this.text.length() && end - start < MAX_DOMAIN && isDomain(this.text.charAt(end))) {
			end++;
		}
		while (end > start && (this.text.charAt(end - 1) == '.' || this.text.charAt(end - 1) == '-')) {
			end--;
		}
		return (end > start) ? end : from;
	}

	private boolean isHash(int start, int end) {
		for (int index = start; index < end; index++) {
			if (Character.digit(this.text.charAt(index), 16) < 0) {
				return false;
			}
		}
		return end - start <= 8;
	}

	private char at(int index) {
		return (index < this.text.length()) ? this.text.charAt(index) : 0;
	}

	private static boolean isLocal(char letter) {
		return Character.isLetterOrDigit(letter) || Character.isSurrogate(letter)
				|| Character.getType(letter) == Character.NON_SPACING_MARK || LOCAL_SYMBOLS.indexOf(letter) >= 0;
	}

	private static boolean isDomain(char letter) {
		return Character.isLetterOrDigit(letter) || letter == '.' || letter == '-' || letter == '\u3002'
				|| letter == '_';
	}

}
