package io.waypost.database.tenant;

import java.util.List;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.waypost.testing.TestDatabase;
import org.flywaydb.core.Flyway;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A database with two roles: one owns the tables, the application uses the other, through
 * a pool of a single connection.
 */
final class ProtectedDatabase {

	private final String name;

	final DataSource owner;

	final HikariDataSource pool;

	final TenantDataSource application;

	private final JdbcClient client;

	private ProtectedDatabase(String name) {
		this.name = name;
		this.owner = new DriverManagerDataSource(TestDatabase.emptyDatabaseUrl(name));
		HikariConfig config = new HikariConfig();
		config.setJdbcUrl(TestDatabase.applicationUrl(name));
		config.setMaximumPoolSize(1);
		// Every statement is prepared in the server at its first use
		config.addDataSourceProperty("prepareThreshold", "1");
		this.pool = new HikariDataSource(config);
		this.application = new TenantDataSource(this.pool, "here");
		this.client = JdbcClient.create(this.application);
		Flyway.configure()
			.dataSource(this.owner)
			.locations("classpath:db/migration")
			.callbacks(new MigrationCallback(this.application))
			.loggers("slf4j")
			.load()
			.migrate();
	}

	static ProtectedDatabase create(String name) {
		return new ProtectedDatabase(name);
	}

	/** Uses the scope of the thread. */
	JdbcClient client() {
		return this.client;
	}

	TransactionTemplate transactions() {
		return new TransactionTemplate(new JdbcTransactionManager(this.application));
	}

	/** Uses the application's role without passing a tenant. */
	JdbcClient withoutTenant() {
		return JdbcClient.create(this.pool);
	}

	JdbcClient ownersClient() {
		return JdbcClient.create(this.owner);
	}

	DataSource superuser() {
		return new DriverManagerDataSource(TestDatabase.superuserUrl(this.name));
	}

	/** Tables with a tenant, partitions included. */
	List<String> tenantTables() {
		return ownersClient().sql("""
				select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
				where n.nspname not in ('public', 'information_schema') and n.nspname not like 'pg\\_%'
					and c.relkind in ('r', 'p')
					and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id')
				order by 1
				""").query(String.class).list();
	}

}
