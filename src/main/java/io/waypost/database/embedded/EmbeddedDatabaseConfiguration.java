package io.waypost.database.embedded;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;
import org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/**
 * Runs a PostgreSQL of our own unless {@code spring.datasource.url} names another. Spring
 * Boot builds the pool from the connection details, so the order of destruction follows
 * from the order of need: engine, pool, server.
 */
@Configuration(proxyBeanMethods = false)
@Conditional(EmbeddedDatabaseConfiguration.NoExternalDatabase.class)
@EnableConfigurationProperties(DatabaseSettings.class)
class EmbeddedDatabaseConfiguration {

	@Bean
	PostgresServer postgresServer(DatabaseSettings settings) {
		return PostgresServer.start(settings.dataDir());
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

	static class NoExternalDatabase extends NoneNestedConditions {

		NoExternalDatabase() {
			super(ConfigurationPhase.REGISTER_BEAN);
		}

		@ConditionalOnProperty("spring.datasource.url")
		static class OtherDatabase {

		}

	}

}
