package io.waypost.access.tenant;

import java.util.EnumSet;
import java.util.List;

import io.waypost.access.Caller;
import io.waypost.access.Role;
import io.waypost.access.Source;
import io.waypost.access.User;
import io.waypost.access.user.AccountProvisioner;
import io.waypost.database.ForeignRegionException;
import io.waypost.database.TenantScope;
import io.waypost.kernel.TenantId;
import io.waypost.testing.TestTenant;
import io.waypost.testing.WaypostTest;
import org.camunda.bpm.engine.impl.Page;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Two regions on one database: the node of the shared context, which has no region, and a
 * tenant that is assigned to another one.
 */
@WaypostTest
class RegionIntegrationTests {

	private static final TenantId AWAY = new TenantId("region-away");

	private static final String TOKEN = "region-away-token";

	private static final String WRITE_KEY = "region-away-write-key";

	private static final String EVENT = "{\"userId\": \"ada\", \"event\": \"Test\"}";

	@Autowired
	private Tenants tenants;

	@Autowired
	private AccountProvisioner accounts;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private TransactionTemplate transaction;

	@Autowired
	private ProcessEngineConfigurationImpl engine;

	@Autowired
	private TestRestTemplate http;

	@BeforeEach
	void createTenant() {
		this.accounts.createTenant(AWAY);
		this.accounts.createApiToken(new Caller(AWAY, "region-away", EnumSet.allOf(Role.class)), "region-away", TOKEN);
		this.accounts.createSource(new Source(AWAY, "region-away"), WRITE_KEY);
		this.accounts.createUser(new User(AWAY, "region-away-user", EnumSet.of(Role.ADMIN)), TestTenant.PASSWORD);
	}

	@AfterEach
	void serveEverywhere() {
		assign(null);
	}

	@Test
	void answersRequestsOfAnotherRegionWith421() {
		assign("elsewhere");
		List<ResponseEntity<String>> answers = List.of(get("/api/v1/templates", bearer(TOKEN)),
				get("/engine-rest/task", bearer(TOKEN)),
				get("/api/v1/templates", basic("region-away-user", TestTenant.PASSWORD)), track());
		assertThat(answers).allSatisfy((answer) -> {
			assertThat(answer.getStatusCode().value()).as(answer.getBody()).isEqualTo(421);
			assertThat(answer.getHeaders().getContentType()).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
			assertThat(answer.getBody()).contains("\"region\":\"elsewhere\"").doesNotContain(AWAY.value());
		});
		assertThat(get("/api/v1/templates", basic("region-away-user", "wrong")).getStatusCode().value())
			.as("the region is told to those with a valid credential only")
			.isEqualTo(401);
		assertThat(get("/api/v1/templates", bearer(TestTenant.TOKEN)).getStatusCode().value()).isEqualTo(200);
	}

	@Test
	void servesTenantsThatReturn() {
		assign("elsewhere");
		assertThat(sources()).isZero();
		assign(null);
		assertThat(sources()).isEqualTo(1);
	}

	/**
	 * What every worker sees: dispatch, projections, start of runs, sealing, schedules.
	 */
	@Test
	void hidesRowsOfAnotherRegionFromBackgroundWork() {
		List<String> tables = tables();
		assertThat(tables).hasSizeGreaterThan(50).contains("delivery.send", "delivery.queue", "ingestion.event");
		assertThat(sources()).isEqualTo(1);
		assign("elsewhere");
		for (String table : tables) {
			assertThat(TenantScope.<Integer>all(() -> count(table))).as(table).isZero();
		}
		assertThat(TenantScope.<Integer>anywhere(() -> count("access.source"))).as("it is there").isEqualTo(1);
		assertThat(TenantScope
			.<Integer>all(() -> this.jdbc.sql("update access.source set name = 'changed' where tenant_id = ?")
				.param(AWAY.value())
				.update()))
			.isZero();
		assertThatThrownBy(() -> TenantScope.of(AWAY, () -> count("access.source")))
			.isInstanceOf(ForeignRegionException.class)
			.hasMessageContaining("'elsewhere'");
	}

	/**
	 * In a transaction that is rolled back, so that the running job executor sees
	 * nothing.
	 */
	@Test
	void findsNoJobsOfAnotherRegion() {
		this.transaction.executeWithoutResult((status) -> {
			this.jdbc
				.sql("""
						insert into ACT_RU_JOB (ID_, REV_, TYPE_, RETRIES_, DUEDATE_, SUSPENSION_STATE_, TENANT_ID_, PRIORITY_,
							EXCLUSIVE_)
						values ('region-job', 1, 'message', 3, timestamp '2000-01-01', 1, ?, 1000000, false)
						""")
				.param(AWAY.value())
				.update();
			assertThat(dueJobs()).contains("region-job");
			this.jdbc.sql("insert into database.pinned_tenant (tenant, region) values (?, 'elsewhere')")
				.param(AWAY.value())
				.update();
			assertThat(dueJobs()).doesNotContain("region-job");
			status.setRollbackOnly();
		});
	}

	private void assign(@Nullable String region) {
		TenantScope.anywhere(() -> {
			this.tenants.assignRegion(AWAY, region, "test");
			return region;
		});
	}

	private List<String> dueJobs() {
		return this.engine.getCommandExecutorTxRequired()
			.execute((context) -> context.getJobManager()
				.findNextJobsToExecute(new Page(0, 1_000))
				.stream()
				.map((job) -> job.getId())
				.toList());
	}

	private int sources() {
		return TenantScope.<Integer>all(() -> count("access.source"));
	}

	private int count(String table) {
		return this.jdbc.sql("select count(*) from %s where tenant_id = ?".formatted(table))
			.param(AWAY.value())
			.query(Integer.class)
			.single();
	}

	/**
	 * Partitions are left out: the role of the application reads them through their table
	 * only.
	 */
	private List<String> tables() {
		return this.jdbc.sql("""
				select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
				where c.relforcerowsecurity and c.relkind in ('r', 'p') and not c.relispartition
					and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id')
				""").query(String.class).list();
	}

	private ResponseEntity<String> get(String path, HttpHeaders headers) {
		return exchange(HttpMethod.GET, path, headers, null);
	}

	private ResponseEntity<String> track() {
		return exchange(HttpMethod.POST, "/v1/track", basic(WRITE_KEY, ""), EVENT);
	}

	private ResponseEntity<String> exchange(HttpMethod method, String path, HttpHeaders headers,
			@Nullable String body) {
		headers.setContentType(MediaType.APPLICATION_JSON);
		return this.http.exchange(path, method, new HttpEntity<>(body, headers), String.class);
	}

	private static HttpHeaders bearer(String token) {
		HttpHeaders headers = new HttpHeaders();
		headers.setBearerAuth(token);
		return headers;
	}

	private static HttpHeaders basic(String name, String password) {
		HttpHeaders headers = new HttpHeaders();
		headers.setBasicAuth(name, password);
		return headers;
	}

}
