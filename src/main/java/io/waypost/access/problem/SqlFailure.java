package io.waypost.access.problem;

import java.sql.SQLException;
import java.util.Objects;
import java.util.Set;

/** Reads the SQLSTATE of a failed statement. */
final class SqlFailure {

	/** Class of a value that a column or a function cannot represent. */
	static final String DATA_EXCEPTION = "22";

	/** Violations of a foreign key and of a unique constraint. */
	static final Set<String> CHANGED_MEANWHILE = Set.of("23503", "23505");

	private SqlFailure() {
	}

	/**
	 * Finds the state among the causes.
	 * @param failure a failed statement
	 * @return five characters, or an empty string
	 */
	static String state(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof SQLException sql) {
				return Objects.requireNonNullElse(sql.getSQLState(), "");
			}
		}
		return "";
	}

}
