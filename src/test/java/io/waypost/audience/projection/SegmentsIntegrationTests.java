package io.waypost.audience.projection;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import com.fasterxml.jackson.databind.JsonNode;
import io.waypost.access.Role;
import io.waypost.database.TenantScope;
import io.waypost.testing.TestSource;
import io.waypost.testing.TestTenant;
import io.waypost.testing.WaypostTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Segments from event ingestion to the API. */
@WaypostTest
class SegmentsIntegrationTests {

	private static final Duration SECONDS = Duration.ofSeconds(20);

	@LocalServerPort
	private int port;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private Projector projector;

	@Autowired
	private ProjectionBackfill backfill;

	private RestClient http;

	private TestSource source;

	private final String mark = "e" + UUID.randomUUID().toString().substring(0, 8);

	private final String user = "segments-" + this.mark;

	@BeforeEach
	void connect() {
		this.source = TestSource.of(this.port);
		this.http = RestClient.builder()
			.baseUrl("http://127.0.0.1:" + this.port)
			.defaultStatusHandler(HttpStatusCode::isError, (request, response) -> {
			})
			.build();
	}

	@Test
	void findsAProfileSecondsAfterTheEvent() {
		this.source.batch(track(this.user, ""));
		await().atMost(SECONDS).untilAsserted(() -> {
			JsonNode reach = preview("did '%s'".formatted(this.mark));
			assertThat(reach.path("size").asLong()).isEqualTo(1);
			assertThat(reach.at("/sample/0/userId").asText()).isEqualTo(this.user);
			assertThat(reach.path("people").asLong()).isPositive();
			assertThat(reach.path("hints")).isEmpty();
		});
	}

	@Test
	void evaluatesAttributesOfOtherModules() {
		this.source.batch(
				"""
						{"type":"identify","userId":"%1$s","traits":{"email":"%1$s@example.com","address":{"country":"at"},
						 "locale":"de_AT","timezone":"Europe/Vienna"},"context":{"consent":{"categoryPreferences":
						 {"marketing":true,"product-news":false}},"userAgent":"Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)"}}
						"""
					.formatted(this.user),
				"""
						{"type":"track","event":"Order Completed","userId":"%s","properties":{"order_id":"1","revenue":42.5,
						 "currency":"EUR","products":[{"product_id":"a","category":"Garden","price":40},
						 {"product_id":"b","category":"%s","price":2.5}]}}"""
					.formatted(this.user, this.mark),
				"{\"type\":\"track\",\"event\":\"Email Opened\",\"userId\":\"%s\"}".formatted(this.user),
				track(this.user, ""));
		awaitSize(1, "did '%s'".formatted(this.mark));
		for (String condition : List.of("country is AT", "language is de", "locale is de-AT",
				"time zone is Europe/Vienna", "email is known", "order count is 1", "money spent is 42.5",
				"average order value is 42.5", "lifecycle stage is new", "device is mobile", "consents to marketing",
				"refused product-news", "days since last order is 0", "days since first order is 0",
				"days since last open is 0", "days since last click is unknown", "days since first seen is 0",
				"engagement score is more than 5", "top category is known",
				"did 'Order Completed' where category is '%s' worth at least 42.5".formatted(this.mark),
				"did 'Order Completed' exactly 1 time", "not consents to product-news")) {
			assertThat(preview("did '%s' and %s".formatted(this.mark, condition)).path("size").asLong()).as(condition)
				.isEqualTo(1);
		}
	}

	@Test
	void reactsToConsentsChangedByApi() {
		this.source.batch(track(this.user, ""));
		awaitSize(1, "did '%s' and not consents to marketing".formatted(this.mark));
		answer("GRANTED");
		awaitSize(1, "did '%s' and consents to marketing".formatted(this.mark));
		answer("REVOKED");
		awaitSize(1, "did '%s' and refused marketing".formatted(this.mark));
	}

	@Test
	void movesActivitiesOfAVisitorToTheIdentifiedProfile() {
		this.source
			.batch("{\"type\":\"track\",\"event\":\"%1$s\",\"anonymousId\":\"device-%1$s\"}".formatted(this.mark));
		this.source.batch(track(this.user, ""));
		awaitSize(2, "did '%s'".formatted(this.mark));
		this.source.batch(
				"{\"type\":\"track\",\"event\":\"%1$s\",\"anonymousId\":\"device-%1$s\"}".formatted(this.mark),
				"{\"type\":\"identify\",\"userId\":\"%s\",\"anonymousId\":\"device-%s\"}".formatted(this.user,
						this.mark));
		awaitSize(1, "did '%s' exactly 3 times".formatted(this.mark));
		assertThat(preview("did '%s'".formatted(this.mark)).path("size").asLong()).isEqualTo(1);
	}

	@Test
	void deletesErasedProfiles() {
		this.source.batch(track(this.user, ""), track("other-" + this.user, ""));
		awaitSize(2, "did '%s'".formatted(this.mark));
		ResponseEntity<JsonNode> export = call(HttpMethod.GET, "/api/v1/profiles/%s/export".formatted(this.user), null,
				TestTenant.TOKEN);
		assertThat(export.getBody().toString()).contains(this.mark);
		this.source.batch(track(this.user, ""));
		assertThat(call(HttpMethod.DELETE, "/api/v1/profiles/" + this.user, null, TestTenant.TOKEN).getStatusCode()
			.is2xxSuccessful()).isTrue();
		awaitProjected();
		assertThat(activities().values()).containsExactly(1L);
		assertThat(preview("did '%s'".formatted(this.mark)).path("size").asLong()).isEqualTo(1);
	}

	@Test
	void storesEachActivityOnceDuringMerges() throws Exception {
		Random random = new Random(5);
		int people = 12;
		AtomicBoolean done = new AtomicBoolean();
		try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
			List<Future<?>> projectors = new ArrayList<>();
			for (int i = 0; i < 2; i++) {
				projectors.add(threads.submit(() -> {
					while (!done.get()) {
						TenantScope.runAll(this::projectIgnoringConflicts);
					}
				}));
			}
			int events = 0;
			for (int i = 0; i < 120; i++) {
				int who = random.nextInt(people);
				String subject = random.nextBoolean() ? "\"userId\":\"%s-%d\"".formatted(this.user, who)
						: "\"anonymousId\":\"%s-d%d\"".formatted(this.user, who);
				this.source.batch("{\"type\":\"track\",\"event\":\"%s\",%s}".formatted(this.mark, subject));
				events++;
				if (i % 10 == 9) {
					this.source.batch("{\"type\":\"identify\",\"userId\":\"%1$s-%2$d\",\"anonymousId\":\"%1$s-d%2$d\"}"
						.formatted(this.user, who));
				}
			}
			done.set(true);
			for (Future<?> one : projectors) {
				one.get(20, TimeUnit.SECONDS);
			}
			awaitProjected();
			assertThat(activities().values().stream().mapToLong(Long::longValue).sum()).isEqualTo(events);
			assertThat(activities()).isEqualTo(logged());
			assertThat(people()).containsAll(activities().keySet());
		}
	}

	@Test
	void rebuildsTheSameData() {
		this.source.batch(track(this.user, ",\"properties\":{\"category\":\"A\"}"), track(this.user, ""),
				track("b" + this.user, ""));
		awaitProjected();
		Map<UUID, Long> before = activities();
		assertThat(before.values()).containsExactlyInAnyOrder(2L, 1L);
		this.jdbc.sql("delete from audience.profile_attributes where profile_id = any (?)")
			.param(before.keySet().toArray(UUID[]::new))
			.update();
		this.jdbc.sql("delete from audience.activity where profile_id = any (?)")
			.param(before.keySet().toArray(UUID[]::new))
			.update();
		assertThat(
				call(HttpMethod.POST, "/api/v1/segments/rebuild", null, TestTenant.token(Role.MARKETER)).getStatusCode()
					.value())
			.isEqualTo(403);
		assertThat(
				call(HttpMethod.POST, "/api/v1/segments/rebuild", null, TestTenant.token(Role.OPERATOR)).getStatusCode()
					.value())
			.isEqualTo(202);
		this.source.batch(track(this.user, ""));
		await().atMost(Duration.ofSeconds(60)).until(() -> {
			this.backfill.step();
			projectIgnoringConflicts();
			return this.jdbc.sql("select finished_at is not null from audience.projection_backfill")
				.query(Boolean.class)
				.single();
		});
		awaitProjected();
		assertThat(activities()).isEqualTo(logged());
		awaitSize(1, "did '%1$s' exactly 3 times and did '%1$s' where category is A".formatted(this.mark));
		assertThat(people()).containsAll(before.keySet());
	}

	@Test
	void storesSegmentsInVersions() {
		JsonNode first = add(this.mark, "everyone").getBody();
		assertThat(first.path("id").asText()).isEqualTo(this.mark);
		assertThat(first.path("version").asInt()).isEqualTo(1);
		assertThat(first.path("live").asBoolean()).isFalse();
		assertThat(add(this.mark, "country = de").getBody().path("definition").asText()).isEqualTo("country is DE");
		String path = "/api/v1/segments/" + this.mark;
		assertThat(call(HttpMethod.POST, path + "/versions/1/approve", null, TestTenant.TOKEN).getBody()
			.path("live")
			.asBoolean()).isTrue();
		assertThat(call(HttpMethod.GET, path, null, TestTenant.TOKEN).getBody().path("version").asInt()).isEqualTo(1);
		assertThat(call(HttpMethod.POST, path + "/versions/3/approve", null, TestTenant.TOKEN).getStatusCode().value())
			.isEqualTo(404);
		assertThat(call(HttpMethod.GET, "/api/v1/segments?limit=500", null, TestTenant.TOKEN).getBody()
			.path("items")
			.findValuesAsText("name")
			.stream()
			.filter(this.mark::equals)).hasSize(2);
		JsonNode page = call(HttpMethod.GET, "/api/v1/segments?limit=1", null, TestTenant.TOKEN).getBody();
		assertThat(page.path("items")).hasSize(1);
		assertThat(call(HttpMethod.GET, "/api/v1/segments?limit=1&cursor=" + page.path("nextCursor").asText(), null,
				TestTenant.TOKEN)
			.getBody()
			.path("items")).isNotEqualTo(page.path("items"));
		assertThat(call(HttpMethod.GET, "/api/v1/segments?cursor=x", null, TestTenant.TOKEN).getStatusCode().value())
			.isEqualTo(400);
	}

	@Test
	void reportsThePositionOfASyntaxError() {
		ResponseEntity<JsonNode> answer = add("wrong", "country is DE\nadn email is known");
		assertThat(answer.getStatusCode().value()).isEqualTo(400);
		assertThat(answer.getHeaders().getContentType().toString()).startsWith("application/problem+json");
		JsonNode problem = answer.getBody();
		assertThat(problem.at("/errors/0/pointer").asText()).isEqualTo("/definition");
		assertThat(problem.at("/position/line").asInt()).isEqualTo(2);
		assertThat(problem.at("/position/column").asInt()).isEqualTo(1);
		assertThat(problem.path("word").asText()).isEqualTo("adn");
		assertThat(problem.path("suggestion").asText()).isEqualTo("and");
		assertThat(add("Wrong Name", "everyone").getBody().at("/errors/0/pointer").asText()).isEqualTo("/name");
		assertThat(call(HttpMethod.POST, "/api/v1/segments/preview", "{}", TestTenant.TOKEN).getStatusCode().value())
			.isEqualTo(400);
	}

	@Test
	void letsOnlyMarketersWrite() {
		for (Role role : List.of(Role.REVIEWER, Role.COMPLIANCE, Role.OPERATOR)) {
			assertThat(call(HttpMethod.POST, "/api/v1/segments",
					"{\"name\":\"x\",\"description\":\"x\",\"definition\":\"everyone\"}", TestTenant.token(role))
				.getStatusCode()
				.value()).as(role.name()).isEqualTo(403);
		}
		assertThat(
				call(HttpMethod.GET, "/api/v1/segments", null, TestTenant.token(Role.MODELER)).getStatusCode().value())
			.isEqualTo(200);
	}

	@Test
	void requiresAnotherUserToApprove() {
		String marketer = TestTenant.token(Role.MARKETER);
		add(this.mark, "everyone");
		String approval = "/api/v1/segments/%s/versions/1/approve".formatted(this.mark);
		ResponseEntity<JsonNode> own = call(HttpMethod.POST, approval, null, marketer);
		assertThat(own.getStatusCode().value()).isEqualTo(403);
		assertThat(own.getBody().path("detail").asText()).contains(
				"'token:%s' is the author of version 1".formatted(marketer), "another editor or an administrator");
		JsonNode approved = call(HttpMethod.POST, approval, null, TestTenant.token(Role.ADMIN)).getBody();
		assertThat(approved.path("live").asBoolean()).isTrue();
		assertThat(approved.path("createdBy").asText()).isEqualTo("token:" + marketer);
		assertThat(approved.path("approvedBy").asText()).isEqualTo("token:" + TestTenant.token(Role.ADMIN));
	}

	@Test
	void keepsRetiredSegmentsReadable() {
		add(this.mark, "everyone");
		String path = "/api/v1/segments/" + this.mark;
		assertThat(
				call(HttpMethod.POST, path + "/retire", null, TestTenant.token(Role.OPERATOR)).getStatusCode().value())
			.isEqualTo(403);
		assertThat(call(HttpMethod.POST, path + "-not/retire", null, TestTenant.TOKEN).getStatusCode().value())
			.isEqualTo(404);
		ResponseEntity<JsonNode> retired = call(HttpMethod.POST, path + "/retire", null,
				TestTenant.token(Role.MARKETER));
		assertThat(retired.getStatusCode().value()).as(String.valueOf(retired.getBody())).isEqualTo(200);
		String since = retired.getBody().path("retiredAt").asText();
		assertThat(since).endsWith("Z");
		assertThat(call(HttpMethod.POST, path + "/retire", null, TestTenant.TOKEN).getBody().path("retiredAt").asText())
			.as("the first retirement counts")
			.isEqualTo(since);
		assertThat(call(HttpMethod.GET, path, null, TestTenant.TOKEN).getBody().path("retiredAt").asText())
			.isEqualTo(since);
	}

	private void projectIgnoringConflicts() {
		try {
			this.projector.project(50);
		}
		catch (ConcurrencyFailureException collision) {
			Thread.onSpinWait();
		}
	}

	private void awaitProjected() {
		await().atMost(SECONDS).until(() -> {
			projectIgnoringConflicts();
			return this.jdbc.sql("select not exists (select from audience.projection_queue)")
				.query(Boolean.class)
				.single();
		});
	}

	private void awaitSize(long size, String definition) {
		await().atMost(SECONDS)
			.untilAsserted(() -> assertThat(preview(definition).path("size").asLong()).as(definition).isEqualTo(size));
	}

	/** Number of activities of this test by profile. */
	private Map<UUID, Long> activities() {
		return counts("""
				select profile_id, count(*) from audience.activity where activity_type_id in (
					select id from audience.activity_type where event = ?) group by profile_id""");
	}

	private Map<UUID, Long> logged() {
		return counts("select profile_id, count(*) from ingestion.event where name = ? group by profile_id");
	}

	private Map<UUID, Long> counts(String sql) {
		Map<UUID, Long> counts = new HashMap<>();
		this.jdbc.sql(sql).param(this.mark).query((row) -> {
			counts.put(row.getObject(1, UUID.class), row.getLong(2));
		});
		return counts;
	}

	private List<UUID> people() {
		return this.jdbc.sql("select profile_id from audience.profile_attributes where tenant_id = ?")
			.param(TestTenant.ID.value())
			.query(UUID.class)
			.list();
	}

	private JsonNode preview(String definition) {
		ResponseEntity<JsonNode> answer = call(HttpMethod.POST, "/api/v1/segments/preview",
				"{\"definition\":\"%s\"}".formatted(definition), TestTenant.token(Role.MARKETER));
		assertThat(answer.getStatusCode().value()).as(String.valueOf(answer.getBody())).isEqualTo(200);
		return answer.getBody();
	}

	private ResponseEntity<JsonNode> add(String name, String definition) {
		return call(HttpMethod.POST, "/api/v1/segments",
				"{\"name\":\"%s\",\"description\":\"What it means\",\"owner\":\"growth\",\"definition\":\"%s\"}"
					.formatted(name, definition.replace("\n", "\\n")),
				TestTenant.token(Role.MARKETER));
	}

	private void answer(String status) {
		assertThat(call(HttpMethod.PUT, "/api/v1/profiles/%s/consents/marketing".formatted(this.user),
				"{\"status\":\"%s\",\"evidence\":{\"source\":\"form\",\"text\":\"Yes please\"}}".formatted(status),
				TestTenant.TOKEN)
			.getStatusCode()
			.value()).isEqualTo(200);
	}

	private String track(String user, String more) {
		return "{\"type\":\"track\",\"event\":\"%s\",\"userId\":\"%s\"%s}".formatted(this.mark, user, more);
	}

	private ResponseEntity<JsonNode> call(HttpMethod method, String path, String body, String token) {
		RestClient.RequestBodySpec request = this.http.method(method)
			.uri(URI.create("http://127.0.0.1:" + this.port + path));
		request.headers((headers) -> headers.setBearerAuth(token));
		if (body != null) {
			request.contentType(MediaType.APPLICATION_JSON).body(body);
		}
		return request.retrieve().toEntity(JsonNode.class);
	}

}
