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

	private static final int LONGEST = 500;

	/** SQLSTATE class 22: data that is not what it should be, which is quoted then. */
	private static final String DATA_EXCEPTION = "22";

	private static final String MASK = "***";

	private static final Pattern ADDRESS = Pattern.compile("[^\\s\"'<>(]+@[^\\s\"'<>),]+");

	private static final Pattern QUOTED = Pattern.compile("(?<=[\"'])[^\"']+(?=[\"'])");

	private RootCause() {
	}

	static String of(Throwable failure) {
		Throwable root = innermost(failure);
		String name = root.getClass().getSimpleName();
		String said = (root.getMessage() != null) ? root.getMessage().strip() : "";
		String line = said.lines().findFirst().orElse("");
		String masked = ADDRESS.matcher(quotesData(root) ? QUOTED.matcher(line).replaceAll(MASK) : line)
			.replaceAll(MASK);
		String text = name + sqlState(root) + (masked.isEmpty() ? "" : ": " + masked);
		return (text.length() > LONGEST) ? text.substring(0, LONGEST) : text;
	}

	/** Causes may go round in circles. */
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
