package io.waypost.journey.engine;

import java.io.IOException;
import java.sql.SQLException;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.camunda.bpm.engine.ProcessEngineException;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataIntegrityViolationException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

class RootCauseTests {

	@Test
	void describesTheRootCause() {
		SQLException root = new SQLException("ERROR: Broken on purpose\n  Where: PL/pgSQL function", "P0001");
		Throwable failure = new ProcessEngineException("An exception occurred in the persistence layer.",
				new DataIntegrityViolationException("PreparedStatementCallback; SQL [insert into delivery.send]",
						root));
		assertThat(RootCause.of(failure)).isEqualTo("SQLException P0001: ERROR: Broken on purpose");
	}

	@Test
	void keepsNamesOfTablesAndConstraints() {
		SQLException root = new SQLException(
				"ERROR: duplicate key value violates unique constraint \"send_once\"\n  Detail: Key (x)=(ada) exists.",
				"23505");
		assertThat(RootCause.of(root)).endsWith("unique constraint \"send_once\"").doesNotContain("ada");
	}

	@Test
	void masksPossiblePersonalData() throws Exception {
		assertThat(RootCause.of(new IllegalStateException("No mailbox for <ada@example.com>, says smtp")))
			.isEqualTo("IllegalStateException: No mailbox for <***>, says smtp");
		assertThat(RootCause.of(new SQLException("ERROR: invalid input syntax for type uuid: \"Lovelace\"", "22P02")))
			.isEqualTo("SQLException 22P02: ERROR: invalid input syntax for type uuid: \"***\"");
		Throwable unreadable = catchThrowable(() -> new ObjectMapper().readTree("{\"name\": Lovelace}"));
		assertThat(unreadable).hasMessageContaining("Lovelace");
		assertThat(RootCause.of(JsonMappingException.fromUnexpectedIOE(new IOException(unreadable))))
			.contains("Unrecognized token")
			.doesNotContain("Lovelace");
	}

	@Test
	void namesTheClassWithoutAMessage() {
		assertThat(RootCause.of(new IllegalStateException("no use", new NullPointerException())))
			.isEqualTo("NullPointerException");
	}

	@Test
	void stopsAtACycleAndAtTheMaximumLength() {
		IllegalStateException first = new IllegalStateException("first");
		IllegalStateException second = new IllegalStateException("second", first);
		first.initCause(second);
		assertThat(RootCause.of(first)).startsWith("IllegalStateException: ");
		assertThat(RootCause.of(new IllegalStateException("x".repeat(5_000)))).hasSize(500);
	}

}
