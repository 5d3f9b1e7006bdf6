package io.waypost.access.key;

import io.waypost.testing.TestDatabase;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/** An upgrade ends the tokens whose owners were deleted before it. */
class TokenMigrationIntegrationTests {

	private static final String DATABASE = "waypost_token_migration";

	/** The last version without bound tokens. */
	private static final String BEFORE = "202612010500";

	@Test
	void endsTokensOfDeletedOwners() {
		String url = TestDatabase.emptyDatabaseUrl(DATABASE);
		migrate(url, BEFORE);
		JdbcClient jdbc = JdbcClient.create(new DriverManagerDataSource(TestDatabase.superuserUrl(DATABASE)));
		jdbc.sql("INSERT INTO access.tenant VALUES ('shop', now())").update();
		jdbc.sql("INSERT INTO access.app_user (tenant_id, name, created_at) VALUES ('shop', 'anna', '2026-01-01'), "
				+ "('shop', 'again', '2026-03-01')")
			.update();
		for (String owner : new String[] { "'anna'", "'gone'", "'again'", "NULL" }) {
			jdbc.sql(
					"""
							INSERT INTO access.api_token (tenant_id, name, hash, roles, created_at, owner)
							VALUES ('shop', coalesce(%1$s, 'cli'), sha256(coalesce(%1$s, 'cli')::bytea), '{ADMIN}', '2026-02-01', %1$s)
							"""
						.formatted(owner))
				.update();
		}
		migrate(url, "latest");
		assertThat(jdbc.sql("SELECT name FROM access.api_token ORDER BY name").query(String.class).list())
			.containsExactly("anna", "cli");
		jdbc.sql("DELETE FROM access.app_user WHERE name = 'anna'").update();
		assertThat(jdbc.sql("SELECT name FROM access.api_token").query(String.class).list()).containsExactly("cli");
	}

	private static void migrate(String url, String version) {
		Flyway.configure()
			.dataSource(url, null, null)
			.locations("classpath:db/migration")
			.target(version)
			.load()
			.migrate();
	}

}
