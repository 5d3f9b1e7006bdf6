package io.waypost.sample;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.stereotype.Component;

/**
 * Lets one node at a time fill the sample workspace, so that nothing is put in twice.
 * Whoever waits goes on where the other stopped: the lock goes with the connection, and
 * with a node that is killed.
 * <p>
 * It asks again rather than wait inside the database, as the engine's turn does: filling
 * takes minutes, and a node that is shut down meanwhile has to go at once.
 */
@Component
@ConditionalOnSample
class SampleLock {

	private static final String LOCK = "select pg_try_advisory_xact_lock(hashtext('sample.workspace'))";

	private final DataSource dataSource;

	SampleLock(DataSource dataSource) {
		this.dataSource = dataSource;
	}

	/** Does the work when nobody else does it; not at all when interrupted before. */
	void runExclusively(Runnable work) {
		try {
			while (!isDone(work)) {
				TimeUnit.SECONDS.sleep(1);
			}
		}
		catch (InterruptedException stopped) {
			Thread.currentThread().interrupt();
		}
		catch (SQLException ex) {
			throw new UncategorizedSQLException("Waiting for another node to fill the sample", LOCK, ex);
		}
	}

	/** The lock's transaction does nothing else: the work has its own ones. */
	private boolean isDone(Runnable work) throws SQLException {
		try (Connection connection = this.dataSource.getConnection();
				Statement statement = connection.createStatement()) {
			connection.setAutoCommit(false);
			try (ResultSet answer = statement.executeQuery(LOCK)) {
				if (!answer.next() || !answer.getBoolean(1)) {
					return false;
				}
			}
			work.run();
			connection.rollback();
			return true;
		}
	}

}
