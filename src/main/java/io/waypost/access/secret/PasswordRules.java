package io.waypost.access.secret;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * Rules for passwords that people choose: long, and not easy to guess from the account.
 * Composition rules (digits, symbols) are left out on purpose, as NIST SP 800-63B
 * recommends.
 */
public final class PasswordRules {

	private static final int MIN_LENGTH = 12;

	/** BCrypt ignores the rest. */
	private static final int MAX_BYTES = 72;

	private static final int MIN_DISTINCT = 5;

	private PasswordRules() {
	}

	/**
	 * Checks a password.
	 * @param password in clear text
	 * @param userName name of the account
	 * @return what is wrong and how to fix it, never the password; empty for a good one
	 */
	public static Optional<String> problem(String password, String userName) {
		if (password.length() < MIN_LENGTH) {
			return Optional.of("has %d characters; at least %d are required".formatted(password.length(), MIN_LENGTH));
		}
		if (password.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
			return Optional.of("is longer than %d bytes".formatted(MAX_BYTES));
		}
		if (password.chars().distinct().count() < MIN_DISTINCT) {
			return Optional.of("repeats less than %d different characters; use more".formatted(MIN_DISTINCT));
		}
		if (CommonPasswords.isCommon(password)) {
			return Optional.of("consists of common words, keyboard rows or repetitions; use several rarer words");
		}
		if (containsName(password, userName)) {
			return Optional.of("contains the user name or 'waypost'; use other words");
		}
		return Optional.empty();
	}

	private static boolean containsName(String password, String userName) {
		String lower = password.toLowerCase(Locale.ROOT);
		return lower.contains("waypost")
				|| (userName.length() >= 4 && lower.contains(userName.toLowerCase(Locale.ROOT)));
	}

}
