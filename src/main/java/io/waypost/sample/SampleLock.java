package io.waypost.sample;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import io.waypost.database.AdvisoryLock;

import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.stereotype.Component;

/**
 * Lets one node at a time load the sample workspace. A waiting node continues where the
 * other stopped: the lock ends with the connection, also when a node is killed.
 * <p>
 * It polls instead of waiting in the database: loading takes minutes, and a node that is
 * shut down meanwhile has to stop at once.
 */
@Component
@ConditionalOnSample
class SampleLock {

	private static final String TRY_LOCK = "select pg_try_advisory_xact_lock(?)";

	private final DataSource dataSource;

	SampleLock(DataSource dataSource) {
		this.dataSource = dataSource;
	}

	/** Runs the work when the lock is free; not at all if interrupted before. */
	void runExclusively(Runnable work) {
		try {
			while (!tryRun(work)) {
				TimeUnit.SECONDS.sleep(1);
			}
		}
		catch (InterruptedException interrupted) {
			Thread.currentThread().interrupt();
		}
		catch (SQLException ex) {
			throw new UncategorizedSQLException("Lock of the sample workspace", TRY_LOCK, ex);
		}
	}

	/** The transaction only holds the lock; the work uses transactions of its own. */
	private boolean tryRun(Runnable work) throws SQLException {
		try (Connection connection = this.dataSource.getConnection();
				PreparedStatement statement = connection.prepareStatement(TRY_LOCK)) {
			connection.setAutoCommit(false);
			statement.setLong(1, AdvisoryLock.SAMPLE_WORKSPACE.key());
			try (ResultSet result = statement.executeQuery()) {
				if (!result.next() || !result.getBoolean(1)) {
					return false;
				}
			}
			work.run();
			connection.rollback();
			return true;
		}
	}

}
