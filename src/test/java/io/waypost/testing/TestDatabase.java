package io.waypost.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.random.RandomGenerator;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.waypost.kernel.TenantId;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.flywaydb.core.Flyway;

import org.springframework.boot.SpringApplication;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * One PostgreSQL server for all tests of this JVM. {@link #migrated()} is a database that
 * test classes share: each uses its own tenant ({@link #newTenant()}) instead of deleting
 * rows.
 */
public final class TestDatabase {

	private final String url;

	private final DataSource dataSource;

	private TestDatabase(String name) {
		this.url = Server.createDatabase(name);
		this.dataSource = pool(this.url);
	}

	/**
	 * Returns the shared database with all migrations.
	 * @return the same database for each call in this JVM
	 */
	public static TestDatabase migrated() {
		return Migrated.DATABASE;
	}

	/**
	 * Creates a database with all migrations, for a test that breaks data.
	 * @param name name of the database: letters and underscores, unique in this JVM
	 * @return the database
	 */
	public static TestDatabase separate(String name) {
		TestDatabase database = new TestDatabase(name);
		Flyway.configure()
			.dataSource(database.dataSource)
			.locations("classpath:db/migration")
			.loggers("slf4j")
			.load()
			.migrate();
		return database;
	}

	/**
	 * Creates an empty database on the same server, for an installation with one role.
	 * @param name name of the database: letters and underscores, unique in this JVM
	 * @return its JDBC URL, with the user that owns it, who is no superuser
	 */
	public static String emptyDatabaseUrl(String name) {
		Server.createDatabase(name);
		return url(name, Server.OWNER);
	}

	/**
	 * Returns the JDBC URL of a database for the application's role, which owns nothing.
	 * @param name name of the database
	 * @return its JDBC URL, with user
	 */
	public static String applicationUrl(String name) {
		return url(name, Server.APPLICATION);
	}

	/**
	 * Returns the JDBC URL of a database for a superuser.
	 * @param name name of the database
	 * @return its JDBC URL, with user
	 */
	public static String superuserUrl(String name) {
		return url(name, "postgres");
	}

	/**
	 * Returns a client of the shared context's database with the rights of a superuser,
	 * for tests that change tables.
	 * @return a client with a connection of its own for each statement
	 */
	public static JdbcClient superuserOfSharedContext() {
		return JdbcClient.create(new DriverManagerDataSource(superuserUrl("waypost_context")));
	}

	/**
	 * Returns the URL of the same database for a superuser, who sees the rows of all
	 * tenants.
	 * @param url with another user
	 * @return the URL with the superuser
	 */
	public static String asSuperuser(String url) {
		return url.replaceFirst("user=\\w+", "user=postgres");
	}

	private static String url(String database, String user) {
		return Server.POSTGRES.getJdbcUrl(user, database);
	}

	/**
	 * Returns a tenant that no other test uses.
	 * @return a tenant id that starts with {@code t-}
	 */
	public static TenantId newTenant() {
		return new TenantId("t-" + Long.toString(RandomGenerator.getDefault().nextLong(1L << 50), 36));
	}

	public DataSource dataSource() {
		return this.dataSource;
	}

	public String url() {
		return this.url;
	}

	public JdbcClient client() {
		return JdbcClient.create(this.dataSource);
	}

	public JdbcTemplate template() {
		return new JdbcTemplate(this.dataSource);
	}

	public PlatformTransactionManager transactionManager() {
		return new JdbcTransactionManager(this.dataSource);
	}

	public TransactionTemplate transactions() {
		return new TransactionTemplate(transactionManager());
	}

	private static DataSource pool(String url) {
		HikariConfig config = new HikariConfig();
		config.setJdbcUrl(url);
		config.setMaximumPoolSize(8);
		config.setMinimumIdle(0);
		config.addDataSourceProperty("reWriteBatchedInserts", "true");
		config.addDataSourceProperty("logServerErrorDetail", "false");
		return new HikariDataSource(config);
	}

	private static final class Migrated {

		private static final TestDatabase DATABASE = separate("waypost_rooms");

	}

	/** The server process. It is stopped after the last Spring context of the JVM. */
	private static final class Server {

		private static final String OWNER = "waypost_owner";

		private static final String APPLICATION = "waypost_application";

		private static final EmbeddedPostgres POSTGRES = start();

		private static EmbeddedPostgres start() {
			try {
				EmbeddedPostgres postgres = EmbeddedPostgres.builder()
					.setRegisterShutdownHook(false)
					.setServerConfig("fsync", "off")
					.setServerConfig("synchronous_commit", "off")
					.setServerConfig("full_page_writes", "off")
					.setServerConfig("max_connections", "200")
					.setServerConfig("shared_buffers", "128MB")
					.start();
				SpringApplication.getShutdownHandlers().add(() -> stop(postgres));
				createRoles(postgres);
				return postgres;
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		private static void createRoles(EmbeddedPostgres postgres) {
			try (Connection connection = postgres.getPostgresDatabase().getConnection();
					Statement statement = connection.createStatement()) {
				statement.execute("CREATE ROLE " + OWNER + " LOGIN");
				statement.execute("CREATE ROLE " + APPLICATION + " LOGIN");
			}
			catch (SQLException ex) {
				throw new IllegalStateException("Could not create the roles", ex);
			}
		}

		private static void stop(EmbeddedPostgres postgres) {
			try {
				postgres.close();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		static String createDatabase(String name) {
			try (Connection connection = POSTGRES.getPostgresDatabase().getConnection();
					Statement statement = connection.createStatement()) {
				statement.execute("CREATE DATABASE " + name + " OWNER " + OWNER);
			}
			catch (SQLException ex) {
				throw new IllegalStateException("Could not create database " + name, ex);
			}
			return POSTGRES.getJdbcUrl("postgres", name);
		}

	}

}
