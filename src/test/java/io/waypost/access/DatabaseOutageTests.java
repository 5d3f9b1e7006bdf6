package io.waypost.access;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.transaction.TransactionSystemException;

import static org.assertj.core.api.Assertions.assertThat;

class DatabaseOutageTests {

	private static final SQLException GONE = new SQLException("terminating connection", "57P01");

	@ParameterizedTest
	@ValueSource(strings = { "08006", "57P01", "57P03", "53300" })
	void findsOutageBehindOtherFailures(String state) {
		assertThat(
				DatabaseOutage.isCauseOf(new IllegalStateException(new RuntimeException(new SQLException("", state)))))
			.isTrue();
	}

	@Test
	void recognisesExhaustedConnectionPool() {
		assertThat(DatabaseOutage.isCauseOf(new SQLTransientConnectionException("timed out"))).isTrue();
	}

	@Test
	void findsOutageBehindFailedRollback() {
		TransactionSystemException rollback = new TransactionSystemException("JDBC rollback failed",
				new SQLException("Connection is closed"));
		rollback.initApplicationException(new RuntimeException(GONE));
		assertThat(DatabaseOutage.isCauseOf(new RuntimeException(rollback))).isTrue();
	}

	@Test
	void ignoresErrorsOfTheCaller() {
		TransactionSystemException rollback = new TransactionSystemException("JDBC rollback failed",
				new SQLException("Connection is closed"));
		assertThat(DatabaseOutage.isCauseOf(new RuntimeException(new SQLException("duplicate key", "23505"))))
			.isFalse();
		assertThat(DatabaseOutage.isCauseOf(rollback)).isFalse();
	}

}
