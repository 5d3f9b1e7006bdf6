package io.waypost.ingestion.http;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;

import javax.sql.DataSource;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.waypost.access.WriteKeyRepository;
import io.waypost.access.limit.TenantLimits;
import io.waypost.access.limit.TestLimits;
import io.waypost.ingestion.TestIngestion;
import io.waypost.ingestion.store.BatchIngestor;
import io.waypost.ingestion.store.IngestionGroupCommit;
import org.junit.jupiter.api.Test;

import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/** While the database is unavailable, sources get 503 with Retry-After. */
class DatabaseUnavailableTests {

	private final TestIngestion ingestion = new TestIngestion(Clock.systemUTC());

	@Test
	void answers503WithRetryAfterWithoutAConnection() {
		WriteKeyRepository keys = this.ingestion.writeKeys();
		assertThat(keys.find(this.ingestion.writeKey)).isPresent();
		BatchIngestor ingestor = new BatchIngestor(
				new TransactionTemplate(new JdbcTransactionManager(unavailableDataSource())), this.ingestion.rows,
				this.ingestion.identity.profiles(), this.ingestion.ids, (event) -> {
				}, new SimpleMeterRegistry());
		assertIsRefused(controller(keys, ingestor));
	}

	@Test
	void answers503WhenTheKeyCannotBeLookedUp() {
		assertIsRefused(
				controller(new WriteKeyRepository(JdbcClient.create(unavailableDataSource()), this.ingestion.clock),
						this.ingestion.ingestor));
	}

	private void assertIsRefused(MockMvcTester source) {
		assertThat(source.post()
			.uri("/v1/track")
			.header("Authorization", "Bearer " + this.ingestion.writeKey)
			.contentType(MediaType.APPLICATION_JSON)
			.content("{\"userId\":\"u\",\"event\":\"e\"}".getBytes(StandardCharsets.UTF_8))).hasStatus(503)
			.hasHeader("Retry-After", "5")
			.hasContentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON);
	}

	private MockMvcTester controller(WriteKeyRepository keys, BatchIngestor ingestor) {
		TenantLimits limits = this.ingestion.limits();
		return MockMvcTester.of(new TrackingApiController(
				new SourceAuthenticator(keys, TestLimits.limiter(limits), TestIngestion.SETTINGS),
				TestLimits.quota(this.ingestion.database.client(), limits, this.ingestion.clock), this.ingestion.reader,
				new IngestionGroupCommit(ingestor, new SimpleMeterRegistry()), this.ingestion.deadLetters,
				TestIngestion.SETTINGS, this.ingestion.clock));
	}

	private static DataSource unavailableDataSource() {
		return new AbstractDataSource() {

			@Override
			public Connection getConnection() throws SQLException {
				throw new SQLException("Connection refused", "08001");
			}

			@Override
			public Connection getConnection(String username, String password) throws SQLException {
				return getConnection();
			}

		};
	}

}
