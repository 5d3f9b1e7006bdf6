package io.waypost.database.embedded;

import io.waypost.database.EarlyDatabaseStarter;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;
import org.springframework.boot.autoconfigure.flyway.FlywayConnectionDetails;
import org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/**
 * Runs an embedded PostgreSQL unless {@code spring.datasource.url} names another server.
 * Spring Boot builds the connection pool from the connection details. The beans therefore
 * stop in the order of their dependencies: engine, pool, server.
 */
@Configuration(proxyBeanMethods = false)
@Conditional(EmbeddedDatabaseConfiguration.NoExternalDatabase.class)
@EnableConfigurationProperties(DatabaseSettings.class)
class EmbeddedDatabaseConfiguration {

	/** Takes the server that is being started already, where there is one. */
	@Bean
	PostgresServer postgresServer(DatabaseSettings settings, ObjectProvider<EarlyDatabaseStarter.Start> start) {
		EarlyDatabaseStarter.Start begun = start.getIfAvailable();
		return (begun != null) ? begun.take() : PostgresServer.start(settings.dataDir());
	}

	@Bean
	JdbcConnectionDetails embeddedConnectionDetails(PostgresServer server) {
		return new JdbcConnectionDetails() {

			@Override
			public String getUsername() {
				return PostgresServer.USER;
			}

			@Override
			public String getPassword() {
				return server.password();
			}

			@Override
			public String getJdbcUrl() {
				return server.url();
			}

		};
	}

	/** Migrations run with the role that owns the tables. */
	@Bean
	FlywayConnectionDetails embeddedMigrationDetails(PostgresServer server) {
		return new FlywayConnectionDetails() {

			@Override
			public String getUsername() {
				return PostgresServer.OWNER;
			}

			@Override
			public String getPassword() {
				return server.ownerPassword();
			}

			@Override
			public String getJdbcUrl() {
				return server.url();
			}

		};
	}

	static class NoExternalDatabase extends NoneNestedConditions {

		NoExternalDatabase() {
			super(ConfigurationPhase.REGISTER_BEAN);
		}

		@ConditionalOnProperty("spring.datasource.url")
		static class ExternalDatabase {

		}

	}

}
