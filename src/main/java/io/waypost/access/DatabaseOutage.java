package io.waypost.access;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

import org.jspecify.annotations.Nullable;

import org.springframework.transaction.TransactionSystemException;

/** Tells an outage of the database from all else that can go wrong. */
public final class DatabaseOutage {

	private DatabaseOutage() {
	}

	/**
	 * Whether a failure comes from no connection, one that broke, or a server that shuts
	 * down or starts: nothing that the caller did, and gone after a while.
	 * @param failure with its causes
	 * @return whether the caller may simply come back
	 */
	public static boolean isCauseOf(@Nullable Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			boolean away = switch (cause) {
				case SQLTransientConnectionException none -> true;
				case SQLException sql -> isAway(sql.getSQLState());
				// The rollback failed too, for no reason of its own, and hides what came
				// first
				case TransactionSystemException rollback -> isCauseOf(rollback.getApplicationException());
				default -> false;
			};
			if (away) {
				return true;
			}
		}
		return false;
	}

	private static boolean isAway(@Nullable String state) {
		return state != null && (state.startsWith("08") || state.startsWith("57P") || state.startsWith("53"));
	}

}
