package io.waypost.access;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

import org.jspecify.annotations.Nullable;

import org.springframework.transaction.TransactionSystemException;

/** Recognises failures that an outage of the database causes. */
public final class DatabaseOutage {

	private DatabaseOutage() {
	}

	/**
	 * Checks whether a failure is caused by a missing or broken connection, or by a
	 * server that shuts down, starts or has no resources left. The caller did nothing
	 * wrong and can retry later.
	 * @param failure the failure, searched with its causes
	 * @return true when a later retry can succeed
	 */
	public static boolean isCauseOf(@Nullable Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			boolean outage = switch (cause) {
				case SQLTransientConnectionException none -> true;
				case SQLException sql -> isOutage(sql.getSQLState());
				// The rollback failed for the same reason and hides the first failure
				case TransactionSystemException rollback -> isCauseOf(rollback.getApplicationException());
				default -> false;
			};
			if (outage) {
				return true;
			}
		}
		return false;
	}

	private static boolean isOutage(@Nullable String state) {
		return state != null && (state.startsWith("08") || state.startsWith("57P") || state.startsWith("53"));
	}

}
