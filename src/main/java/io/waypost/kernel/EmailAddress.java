package io.waypost.kernel;

import java.net.IDN;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A deliverable e-mail address. The domain is lower-case ASCII (IDNA); the local part is
 * kept as written. {@link #toString()} masks the address, so that it does not appear in
 * logs.
 *
 * @param value the whole address, at most 254 characters (RFC 5321 §4.5.3.1)
 */
public record EmailAddress(String value) {

	private static final Pattern LOCAL = Pattern
		.compile("[\\p{L}\\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\\.[\\p{L}\\p{N}!#$%&'*+/=?^_`{|}~-]+)*");

	private static final Pattern DOMAIN = Pattern
		.compile("(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])");

	public EmailAddress {
		if (!isDeliverable(value)) {
			throw new IllegalArgumentException("Not an e-mail address: " + mask(value));
		}
	}

	/**
	 * Parses user input.
	 * @param text the address; surrounding spaces are allowed, line breaks are not: they
	 * would end a header
	 * @return the address, or empty when it is not deliverable
	 */
	public static Optional<EmailAddress> parse(@Nullable String text) {
		if (text == null || text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0) {
			return Optional.empty();
		}
		String trimmed = text.strip();
		int at = trimmed.lastIndexOf('@');
		if (at < 1 || at == trimmed.length() - 1) {
			return Optional.empty();
		}
		String address = trimmed.substring(0, at) + '@' + asciiDomain(trimmed.substring(at + 1));
		return isDeliverable(address) ? Optional.of(new EmailAddress(address)) : Optional.empty();
	}

	/**
	 * Returns the form in which addresses are compared: all lower case. Two spellings of
	 * one mailbox have the same canonical form.
	 * @return the key for look-ups and suppressions
	 */
	public String canonical() {
		return this.value.toLowerCase(Locale.ROOT);
	}

	/**
	 * Returns the part after the at sign.
	 * @return the lower-case ASCII domain
	 */
	public String domain() {
		return this.value.substring(this.value.lastIndexOf('@') + 1);
	}

	@Override
	public String toString() {
		return mask(this.value);
	}

	private static boolean isDeliverable(String address) {
		int at = address.lastIndexOf('@');
		return address.length() <= 254 && at >= 1 && at <= 64
				&& (isPlain(address, at) || LOCAL.matcher(address.substring(0, at)).matches()
						&& DOMAIN.matcher(address.substring(at + 1)).matches());
	}

	/**
	 * Recognises common ASCII addresses about twenty times as fast as the patterns.
	 * Addresses that it does not recognise are matched by the patterns.
	 */
	private static boolean isPlain(String address, int at) {
		char before = '.';
		for (int i = 0; i < at; i++) {
			char letter = address.charAt(i);
			boolean plain = isLower(letter) || letter >= 'A' && letter <= 'Z' || letter == '_' || letter == '+'
					|| letter == '-' || letter == '.' && before != '.';
			if (!plain) {
				return false;
			}
			before = letter;
		}
		return before != '.' && isPlainDomain(address, at + 1);
	}

	private static boolean isPlainDomain(String address, int from) {
		int begin = from;
		int length = 0;
		for (int i = from; i <= address.length(); i++) {
			if (i == address.length() || address.charAt(i) == '.') {
				length = i - begin;
				if (length == 0 || length > 63 || address.charAt(begin) == '-' || address.charAt(i - 1) == '-') {
					return false;
				}
				begin = i + 1;
			}
			else if (!isLower(address.charAt(i)) && address.charAt(i) != '-') {
				return false;
			}
		}
		return begin - length - 1 > from && length > 1;
	}

	private static boolean isLower(char letter) {
		return letter >= 'a' && letter <= 'z' || letter >= '0' && letter <= '9';
	}

	private static String asciiDomain(String domain) {
		try {
			return IDN.toASCII(domain).toLowerCase(Locale.ROOT);
		}
		catch (IllegalArgumentException notADomain) {
			return domain;
		}
	}

	private static String mask(String address) {
		return address.isEmpty() ? "(empty)" : address.charAt(0) + "***@***";
	}

}
