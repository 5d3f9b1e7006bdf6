package io.waypost.database.tenant;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.waypost.database.TenantScope;
import io.waypost.kernel.TenantId;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * For every table with a tenant: one tenant neither reads nor changes a row of another
 * one. Triggers, check constraints and foreign keys are removed first, so that only
 * row-level security can refuse.
 */
@Tag("database")
class TenantTableIsolationIntegrationTests {

	private static final TenantId OWN = new TenantId("own");

	private static final TenantId FOREIGN = new TenantId("foreign");

	/** Tables without a tenant, and why. */
	private static final List<String> WITHOUT_TENANT = List.of(
			// Its type has the tenant, and its policy follows the type:
			// RowSecurityIntegrationTests
			"audience.activity",
			// Read by every transaction before it has a tenant
			"database.pinned_tenant",
			// One row: how far the read model was filled
			"audience.projection_backfill",
			// Keys of the installation, encrypted by the master key
			"identity.root_key",
			// Hashes of sign-in names, read before the tenant is known
			"access.known_sign_in",
			// Costs of language models by day, of all tenants together
			"agent.installation_spend",
			// Ids of sends that were claimed together, of several tenants
			"delivery.claim_lease",
			// Event ids of the e-mail provider, whose account belongs to the installation
			"feedback.webhook_event");

	private static final ProtectedDatabase DATABASE = ProtectedDatabase.create("isolation");

	static List<String> tables() {
		return DATABASE.tenantTables();
	}

	@BeforeAll
	static void insertOneRowPerTenant() {
		JdbcClient owner = DATABASE.ownersClient();
		owner.sql("""
				select format('alter table %s drop constraint %I cascade', c.conrelid::regclass, c.conname)
				from pg_constraint c join pg_namespace n on n.oid = c.connamespace
				where c.contype in ('c', 'f') and c.conislocal and n.nspname not in ('public', 'information_schema')
					and n.nspname not like 'pg\\_%' and c.conparentid = 0
				union all
				select format('drop trigger %I on %s', tgname, tgrelid::regclass) from pg_trigger
				where not tgisinternal and tgparentid = 0
				""").query(String.class).list().forEach((sql) -> owner.sql(sql).update());
		for (String table : tables()) {
			TenantScope.all(() -> DATABASE.client().sql(insert(table, OWN)).update());
			TenantScope.all(() -> DATABASE.client().sql(insert(table, FOREIGN)).update());
		}
	}

	@Test
	void coversEveryTableOfWaypost() {
		List<String> all = DATABASE.ownersClient().sql("""
				select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
				where n.nspname not in ('public', 'information_schema') and n.nspname not like 'pg\\_%'
					and c.relkind in ('r', 'p', 'm')
				""").query(String.class).list();
		assertThat(all).hasSizeGreaterThan(60);
		assertThat(all)
			.containsExactlyInAnyOrderElementsOf(Stream.concat(tables().stream(), WITHOUT_TENANT.stream()).toList());
	}

	@ParameterizedTest
	@MethodSource("tables")
	void isProtectedAndForced(String table) {
		assertThat(DATABASE.ownersClient()
			.sql("select relrowsecurity and relforcerowsecurity from pg_class where oid = ?::regclass")
			.param(table)
			.query(Boolean.class)
			.single()).isTrue();
		assertThat(DATABASE.ownersClient()
			.sql("select array_agg(polname::text order by polname)::text from pg_policy where polrelid = ?::regclass")
			.param(table)
			.query(String.class)
			.single()).isEqualTo(table.equals("consent.topic") ? "{shared,tenant}" : "{tenant}");
	}

	@ParameterizedTest
	@MethodSource("tables")
	void keepsRowsOfAnotherTenant(String table) {
		TenantScope.run(OWN, () -> {
			JdbcClient client = DATABASE.client();
			assertThat(tenants(client, table)).doesNotContain("foreign").contains("own");
			assertThat(client.sql("update %s set tenant_id = tenant_id where tenant_id = 'foreign'".formatted(table))
				.update()).isZero();
			assertThat(client.sql("delete from %s where tenant_id = 'foreign'".formatted(table)).update()).isZero();
			assertThatExceptionOfType(DataAccessException.class)
				.isThrownBy(() -> client.sql(insert(table, FOREIGN)).update())
				.withStackTraceContaining("row-level security");
			assertThatExceptionOfType(DataAccessException.class)
				.isThrownBy(() -> client.sql("update %s set tenant_id = 'foreign'".formatted(table)).update())
				.withStackTraceContaining("row-level security");
		});
		assertThat(TenantScope.all(() -> tenants(DATABASE.client(), table))).contains("own", "foreign");
	}

	@ParameterizedTest
	@MethodSource("tables")
	void showsNothingWithoutTenant(String table) {
		JdbcClient client = DATABASE.withoutTenant();
		assertThat(tenants(client, table)).doesNotContain("own", "foreign");
		assertThat(client.sql("delete from " + table).update()).isZero();
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> client.sql(insert(table, OWN)).update())
			.withStackTraceContaining("row-level security");
	}

	private static List<String> tenants(JdbcClient client, String table) {
		return client.sql("select tenant_id from " + table).query(String.class).list();
	}

	/** A row with a value for each column that must have one. */
	private static String insert(String table, TenantId tenant) {
		List<String> columns = DATABASE.ownersClient().sql("""
				select quote_ident(attname) || ' ' || format_type(atttypid, null) from pg_attribute
				where attrelid = ?::regclass and attnum > 0 and not attisdropped and attnotnull and not atthasdef
					and attidentity = '' and attname <> 'tenant_id'
				""").param(table).query(String.class).list();
		String names = columns.stream().map((column) -> ", " + column.split(" ", 2)[0]).collect(Collectors.joining());
		String values = columns.stream()
			.map((column) -> ", " + value(column.split(" ", 2)[1]))
			.collect(Collectors.joining());
		return "insert into %s (tenant_id%s) values ('%s'%s)".formatted(table, names, tenant, values);
	}

	private static String value(String type) {
		return switch (type) {
			case "uuid" -> "gen_random_uuid()";
			case "text" -> "gen_random_uuid()::text";
			case "bytea" -> "decode(md5(random()::text), 'hex')";
			case "timestamp with time zone" -> "'2026-11-15 12:00Z'";
			case "date" -> "current_date";
			case "boolean" -> "true";
			case "json", "jsonb" -> "'{}'";
			case "xid8" -> "pg_current_xact_id()";
			default -> type.endsWith("[]") ? "'{}'" : "(random() * 30000)::int::" + type;
		};
	}

}
