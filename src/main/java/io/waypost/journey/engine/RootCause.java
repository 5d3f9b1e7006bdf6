package io.waypost.journey.engine;

import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonProcessingException;

/**
 * The innermost cause of a failure in one line for operators. Possible personal data is
 * masked: e-mail addresses, and texts in quotation marks in messages of parsers.
 */
final class RootCause {

	private static final int MAX_LENGTH = 500;

	/** SQLSTATE class 22 (data exception): the message quotes the value. */
	private static final String DATA_EXCEPTION = "22";

	private static final String MASK = "***";

	private static final Pattern ADDRESS = Pattern.compile("[^\\s\"'<>(]+@[^\\s\"'<>),]+");

	private static final Pattern QUOTED = Pattern.compile("(?<=[\"'])[^\"']+(?=[\"'])");

	private RootCause() {
	}

	static String of(Throwable failure) {
		Throwable root = innermost(failure);
		String name = root.getClass().getSimpleName();
		String message = (root.getMessage() != null) ? root.getMessage().strip() : "";
		String line = message.lines().findFirst().orElse("");
		String masked = ADDRESS.matcher(quotesData(root) ? QUOTED.matcher(line).replaceAll(MASK) : line)
			.replaceAll(MASK);
		String text = name + sqlState(root) + (masked.isEmpty() ? "" : ": " + masked);
		return (text.length() > MAX_LENGTH) ? text.substring(0, MAX_LENGTH) : text;
	}

	/** A cause chain may be cyclic. */
	private static Throwable innermost(Throwable failure) {
		Set<Throwable> seen = new HashSet<>();
		Throwable root = failure;
		while (root.getCause() != null && seen.add(root)) {
			root = root.getCause();
		}
		return root;
	}

	private static boolean quotesData(Throwable root) {
		return root instanceof JsonProcessingException || (root instanceof SQLException sql && sql.getSQLState() != null
				&& sql.getSQLState().startsWith(DATA_EXCEPTION));
	}

	private static String sqlState(Throwable root) {
		return (root instanceof SQLException sql && sql.getSQLState() != null) ? " " + sql.getSQLState() : "";
	}

}
