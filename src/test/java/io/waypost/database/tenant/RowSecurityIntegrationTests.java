package io.waypost.database.tenant;

import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import javax.sql.DataSource;

import io.waypost.database.MissingTenantScopeException;
import io.waypost.database.TenantScope;
import io.waypost.kernel.InvalidSettingException;
import io.waypost.kernel.TenantId;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The traps of row-level security in PostgreSQL, each with a pool of one connection. */
@Tag("database")
class RowSecurityIntegrationTests {

	private static final TenantId ACME = new TenantId("acme");

	private static final TenantId BOLT = new TenantId("bolt");

	private static final ProtectedDatabase DATABASE = ProtectedDatabase.create("row_security");

	private static final String PROFILES = "select tenant_id from identity.profile order by tenant_id";

	private static final String NEW_PROFILE = """
			insert into identity.profile (tenant_id, id, identified, created_at) values (?, gen_random_uuid(), true, now())
			""";

	private final JdbcClient client = DATABASE.client();

	@BeforeAll
	static void createTenants() {
		TenantScope.runAll(() -> List.of("acme", "bolt").forEach((tenant) -> {
			DATABASE.client()
				.sql("insert into access.tenant (tenant_id, created_at) values (?, now())")
				.param(tenant)
				.update();
			DATABASE.client().sql(NEW_PROFILE).param(tenant).update();
		}));
	}

	private List<String> visible() {
		return this.client.sql(PROFILES).query(String.class).list();
	}

	private List<String> visibleInTransaction(TenantId tenant) {
		List<String> tenants = new ArrayList<>();
		TenantScope.run(tenant,
				() -> DATABASE.transactions().executeWithoutResult((status) -> tenants.addAll(visible())));
		return tenants;
	}

	@Test
	void bindsTheOwnerOfTheTables() {
		assertThat(DATABASE.ownersClient().sql(PROFILES).query(String.class).list()).isEmpty();
	}

	@Test
	void doesNotBindSuperusersWhoAreThereforeRefused() {
		DataSource superuser = DATABASE.superuser();
		assertThat(JdbcClient.create(superuser).sql(PROFILES).query(String.class).list()).contains("acme", "bolt");
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> check(superuser))
			.withMessageContaining("'postgres'")
			.withMessageContaining("superuser");
	}

	@Test
	void startsWithTheApplicationsRole() {
		check(DATABASE.application);
		assertThat(this.client.sql("""
				select rolsuper or rolbypassrls or rolcreaterole
					or exists (select from pg_class where relowner = r.oid) from pg_roles r where rolname = current_user
				""").query(Boolean.class).single()).isFalse();
	}

	@Test
	void refusesToStartWithAnUnprotectedTable() {
		DATABASE.ownersClient().sql("create table sample.forgotten (tenant_id text)").update();
		try {
			assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> check(DATABASE.application))
				.withMessageContaining("sample.forgotten");
			// What every start does after the migrations
			DATABASE.ownersClient().sql("select database.protect_tenant_tables()").query().listOfRows();
			check(DATABASE.application);
		}
		finally {
			DATABASE.ownersClient().sql("drop table sample.forgotten").update();
		}
	}

	@Test
	void cannotSwitchItOff() {
		for (String sql : List.of("alter table identity.profile disable row level security",
				"drop policy tenant on identity.profile", "truncate identity.profile", "drop table identity.profile",
				"create policy open on identity.profile using (true)", "set session_replication_role = replica",
				"select database.protect_tenant_tables()")) {
			assertThatThrownBy(() -> TenantScope.runAll(() -> this.client.sql(sql).update())).as(sql)
				.isInstanceOf(DataAccessException.class);
		}
	}

	@Test
	void failsWithoutScope() {
		assertThatExceptionOfType(MissingTenantScopeException.class).isThrownBy(this::visible)
			.withMessageContaining("identity.profile");
		assertThatExceptionOfType(MissingTenantScopeException.class)
			.isThrownBy(() -> DATABASE.transactions().execute((status) -> visible()));
		assertThat(DATABASE.withoutTenant().sql(PROFILES).query(String.class).list()).isEmpty();
	}

	@Test
	void forgetsTheTenantAtTheEndOfEachTransaction() {
		assertThat(visibleInTransaction(ACME)).containsOnly("acme");
		// The setting is '' now, not null
		assertThat(setting()).isEmpty();
		assertThat(DATABASE.withoutTenant().sql(PROFILES).query(String.class).list()).isEmpty();
		assertThat(TenantScope.of(BOLT, this::visible)).containsOnly("bolt");
		assertThat(setting()).isEmpty();
		assertThatThrownBy(() -> TenantScope.of(ACME, () -> this.client.sql(NEW_PROFILE).param("bolt").update()))
			.isInstanceOf(DataAccessException.class);
		assertThat(setting()).isEmpty();
	}

	@Test
	void alternatesTenantsOnOneConnection() {
		for (int round = 0; round < 50; round++) {
			assertThat(TenantScope.of(ACME, this::visible)).containsOnly("acme");
			assertThat(visibleInTransaction(BOLT)).containsOnly("bolt");
		}
	}

	@Test
	void followsTheScopeWithinATransaction() {
		TenantScope.run(ACME, () -> DATABASE.transactions().executeWithoutResult((status) -> {
			assertThat(visible()).containsOnly("acme");
			assertThat(TenantScope.all(this::visible)).contains("acme", "bolt");
			assertThat(visible()).containsOnly("acme");
			Object savepoint = status.createSavepoint();
			assertThat(TenantScope.of(BOLT, this::visible)).containsOnly("bolt");
			status.rollbackToSavepoint(savepoint);
			assertThat(visible()).containsOnly("acme");
			assertThat(TenantScope.of(BOLT, this::visible)).containsOnly("bolt");
		}));
	}

	@Test
	void appliesToPreparedStatementsWithGenericPlans() throws SQLException {
		try (Connection connection = DATABASE.application.getConnection()) {
			connection.createStatement().execute("set plan_cache_mode = force_generic_plan");
			connection.setAutoCommit(false);
			try (TenantScope first = TenantScope.open(ACME);
					PreparedStatement statement = connection.prepareStatement(PROFILES)) {
				assertThat(first(statement)).isEqualTo("acme");
				assertThat(connection.unwrap(PGConnection.class).getPrepareThreshold()).isOne();
			}
			try (TenantScope second = TenantScope.open(BOLT);
					PreparedStatement statement = connection.prepareStatement(PROFILES)) {
				assertThat(first(statement)).isEqualTo("bolt");
			}
			Savepoint savepoint = connection.setSavepoint();
			connection.rollback(savepoint);
			connection.rollback();
			connection.setAutoCommit(true);
			connection.createStatement().execute("reset plan_cache_mode");
		}
	}

	@Test
	void readsResultsAfterTheTransactionOfAStatement() throws SQLException {
		try (TenantScope scope = TenantScope.openAll();
				Connection connection = DATABASE.application.getConnection();
				PreparedStatement statement = connection.prepareStatement(PROFILES)) {
			// A cursor would end with the transaction
			statement.setFetchSize(1);
			try (ResultSet rows = statement.executeQuery()) {
				assertThat(rows.next()).isTrue();
				assertThat(rows.next()).isTrue();
			}
			assertThat(connection.getAutoCommit()).isTrue();
		}
	}

	@Test
	void commitsAStatementOutsideATransaction() {
		TenantScope.run(ACME, () -> this.client.sql("delete from access.tenant where tenant_id = 'acme'").update());
		assertThat(count("select count(*) from access.tenant where tenant_id = 'acme'")).isZero();
		TenantScope.run(ACME,
				() -> this.client.sql("insert into access.tenant (tenant_id, created_at) values ('acme', now())")
					.update());
		assertThat(count("select count(*) from access.tenant where tenant_id = 'acme'")).isOne();
	}

	@Test
	void appliesToCopy() throws SQLException {
		try (TenantScope scope = TenantScope.open(ACME); Connection connection = DATABASE.application.getConnection()) {
			connection.setAutoCommit(false);
			connection.prepareStatement(PROFILES).close();
			PGConnection postgres = connection.unwrap(PGConnection.class);
			StringWriter out = new StringWriter();
			assertThat(copyOut(postgres, "copy identity.profile (tenant_id) to stdout", out)).isOne();
			assertThat(out.toString()).isEqualTo("acme\n");
			assertThatExceptionOfType(SQLException.class)
				.isThrownBy(() -> postgres.getCopyAPI().copyIn("copy identity.user_alias from stdin"))
				.withMessageContaining("row-level security");
			connection.rollback();
		}
	}

	@Test
	void appliesToViews() {
		TenantScope.runAll(() -> this.client.sql("""
				insert into delivery.sandbox_request (tenant_id, id, sends, hashes, accepted_at)
				select tenant, gen_random_uuid(), array[gen_random_uuid()], decode(repeat('00', 32), 'hex'), now()
				from unnest(array['acme', 'bolt']) as t(tenant)
				""").update());
		String sql = "select distinct tenant_id from delivery.sandbox_acceptance";
		assertThat(TenantScope.of(BOLT, () -> this.client.sql(sql).query(String.class).list())).containsExactly("bolt");
	}

	@Test
	void runsOnlyTheListedFunctionWithTheRightsOfTheOwner() {
		assertThat(DATABASE.ownersClient().sql("""
				select p.oid::regproc::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace
				where p.prosecdef and n.nspname <> 'pg_catalog'
				""").query(String.class).list()).containsExactly("ingestion.create_event_partition");
	}

	@Test
	void protectsPartitionsThatAreReadDirectly() {
		TenantScope.runAll(() -> {
			this.client.sql("select ingestion.create_event_partition('2031-05-01')").query().listOfRows();
			this.client
				.sql("""
						insert into ingestion.event
						select tenant, gen_random_uuid(), gen_random_uuid(), 'track', 'x', '{}', '{}', now(), '2031-05-31 23:59Z', 'm'
						from unnest(array['acme', 'bolt']) as t(tenant)
						""")
				.update();
		});
		DATABASE.ownersClient().sql("select database.grant_to_application('waypost_application')").query().listOfRows();
		String sql = "select tenant_id from ingestion.event_2031_05";
		assertThat(TenantScope.of(ACME, () -> this.client.sql(sql).query(String.class).list())).containsExactly("acme");
		assertThat(TenantScope.all(() -> this.client.sql(sql).query(String.class).list())).hasSize(2);
	}

	@Test
	void protectsActivitiesByTheTenantOfTheirType() {
		TenantScope.runAll(() -> this.client.sql("""
				with type as (
					insert into audience.activity_type (tenant_id, event, category, extra)
					select tenant, 'Order Completed', '', false from unnest(array['acme', 'bolt']) as t(tenant)
					returning id
				)
				insert into audience.activity select id, gen_random_uuid(), now(), 1 from type
				""").update());
		String sql = """
				select t.tenant_id from audience.activity a left join audience.activity_type t on t.id = a.activity_type_id
				""";
		assertThat(TenantScope.of(ACME, () -> this.client.sql(sql).query(String.class).list())).containsExactly("acme");
		assertThat(DATABASE.withoutTenant().sql(sql).query(String.class).list()).isEmpty();
		int ofBolt = TenantScope.of(BOLT,
				() -> this.client.sql("select id from audience.activity_type").query(Integer.class).single());
		assertThatThrownBy(() -> TenantScope.run(ACME,
				() -> this.client.sql("insert into audience.activity values (?, gen_random_uuid(), now(), 1)")
					.param(ofBolt)
					.update()))
			.hasStackTraceContaining("row-level security");
	}

	@Test
	void readsSharedTopicsWithoutBeingAbleToChangeThem() {
		TenantScope.run(ACME, () -> {
			assertThat(this.client.sql("select tenant_id from consent.topic").query(String.class).list()).hasSize(3)
				.containsOnly("*");
			assertThat(this.client.sql("update consent.topic set name = 'x'").update()).isZero();
			assertThat(this.client.sql("delete from consent.topic").update()).isZero();
		});
	}

	/** Checks of foreign keys ignore policies, so the tenant is part of every key. */
	@Test
	void includesTheTenantInEveryForeignKey() {
		assertThat(DATABASE.ownersClient().sql("""
				select c.conname::text from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid
				where c.contype = 'f' and a.attname = 'tenant_id' and a.attnum <> all (c.conkey) and c.conparentid = 0
				""").query(String.class).list()).isEmpty();
		assertThatExceptionOfType(DataIntegrityViolationException.class).isThrownBy(() -> TenantScope.run(ACME,
				() -> this.client
					.sql("insert into access.user_role (tenant_id, user_name, role) values ('acme', 'none', 'ADMIN')")
					.update()));
	}

	/** A violation would tell that another tenant has the value. */
	@Test
	void includesTheTenantInUniqueKeysExceptOfRandomValues() {
		List<String> keys = DATABASE.ownersClient().sql("""
				select i.indexrelid::regclass::text from pg_index i join pg_class c on c.oid = i.indrelid
					join pg_namespace n on n.oid = c.relnamespace
					join pg_attribute a on a.attrelid = i.indrelid and a.attname = 'tenant_id'
				where i.indisunique and n.nspname <> 'public' and a.attnum <> all (i.indkey) order by 1
				""").query(String.class).list();
		assertThat(keys).containsExactlyInAnyOrder(
				// One sign-in page for all tenants: the message says so
				"access.app_user_name_key",
				// Hashes of secrets with 128 random bits and more
				"access.api_token_hash_key", "access.invitation_hash_key", "access.user_session_pkey",
				"access.write_key_hash_key",
				// Generated numbers and ids
				"delivery.outbox_pkey", "audience.activity_type_pkey", "audience.projection_queue_pkey",
				"audience.member_pkey");
	}

	/** Conditions that are not leakproof, such as LIKE, would not use an index. */
	@Test
	void usesIndexesForTheConditionsOfFrequentStatements() {
		assertThat(plan("select * from identity.profile where tenant_id = 'acme' and id = '%s'"))
			.contains("Index Cond: ((id =");
		assertThat(
				plan("select * from identity.identifier where tenant_id = 'acme' and hash = any (array['%s'::uuid])"))
			.contains("identifier_pkey")
			.contains("hash = ");
		assertThat(plan("""
				select * from ingestion.event where tenant_id = 'acme' and profile_id = '%s'
				and occurred_at > now() - interval '1 day'
				""")).contains("profile_id_occurred_at_idx").contains("(occurred_at >");
		assertThat(plan("select * from delivery.queue where campaign_id is null and ready_at <= now() --%s"))
			.contains("queue_ready");
	}

	/**
	 * PostgreSQL regards coalesce as not leakproof, and a case expression as leakproof.
	 */
	@Test
	void usesAnIndexForAJoinWithACaseExpression() {
		String join = "select a.country from identity.profile p left join identity.attribute a on a.tenant_id = p.tenant_id "
				+ "and a.profile_id = case when p.merged_into is null then p.id else p.merged_into end "
				+ "where p.tenant_id = 'acme' and p.id = any (array['%s'::uuid])";
		assertThat(plan(join)).contains("(profile_id = CASE");
		assertThat(plan(join.replaceFirst("case .* end", "coalesce(p.merged_into, p.id)")))
			.contains("Join Filter: (a.profile_id = COALESCE");
	}

	/** The plan is made while the tables are empty and then kept. */
	@Test
	void looksUpASendByItsKey() {
		assertThat(plan("select * from delivery.send where tenant_id = 'acme' and id = '%s'"))
			.doesNotContain("send_by_run_and_id");
		assertThat(plan("select * from delivery.send where tenant_id = 'acme' and run_id = '%s' order by id limit 9"))
			.contains("send_by_run_and_id");
	}

	/** The setting is read once per statement and not once per row. */
	@Test
	void readsTheSettingOncePerStatement() {
		assertThat(plan("select * from identity.profile --%s")).contains("InitPlan 1");
	}

	private String plan(String sql) {
		return TenantScope.of(ACME, () -> DATABASE.transactions().execute((status) -> {
			this.client.sql("set local enable_seqscan = off").update();
			return String.join("\n",
					this.client.sql("explain " + sql.formatted(UUID.randomUUID())).query(String.class).list());
		}));
	}

	private static String setting() {
		return String.valueOf(DATABASE.withoutTenant()
			.sql("select coalesce(current_setting('waypost.tenant', true), 'null')")
			.query(String.class)
			.single());
	}

	private static long count(String sql) {
		return JdbcClient.create(DATABASE.superuser()).sql(sql).query(Long.class).single();
	}

	private static String first(PreparedStatement statement) throws SQLException {
		try (ResultSet rows = statement.executeQuery()) {
			assertThat(rows.next()).isTrue();
			String value = rows.getString(1);
			assertThat(rows.next()).isFalse();
			return value;
		}
	}

	private static long copyOut(PGConnection connection, String sql, Writer out) {
		try {
			return connection.getCopyAPI().copyOut(sql, out);
		}
		catch (SQLException | IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void check(DataSource source) {
		new RowSecurityCheck(JdbcClient.create(source)).afterPropertiesSet();
	}

}
