package io.waypost.experiment;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.access.Role;
import io.waypost.identity.Identifier;
import io.waypost.identity.Profiles;
import io.waypost.ingestion.EventIngestion;
import io.waypost.kernel.ProfileId;
import io.waypost.testing.TestTenant;
import io.waypost.testing.WaypostTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

@WaypostTest
class ExperimentApiIntegrationTests {

	private static final ObjectMapper JSON = new ObjectMapper();

	private final HttpClient http = HttpClient.newHttpClient();

	private final String key = "t-" + UUID.randomUUID();

	@LocalServerPort
	private int port;

	@Autowired
	private EventIngestion ingestion;

	@Autowired
	private Profiles profiles;

	@Autowired
	private Exposures exposures;

	@Autowired
	private JdbcClient jdbc;

	@Test
	void definesApprovesReadsAndConcludes() throws Exception {
		HttpResponse<String> defined = post("", body("anna"), TestTenant.TOKEN);
		assertThat(defined.statusCode()).isEqualTo(201);
		assertThat(JSON.readTree(defined.body()).path("version").asInt()).isEqualTo(1);
		assertThat(get("/" + this.key).statusCode()).isEqualTo(404);
		assertThat(post("/" + this.key + "/versions/1/approve", "", TestTenant.TOKEN).body()).contains("\"live\":true");
		assertThat(post("/" + this.key + "/versions/7/approve", "", TestTenant.TOKEN).statusCode()).isEqualTo(404);
		JsonNode results = JSON.readTree(get("/" + this.key).body());
		assertThat(results.path("verdict").path("decision").asText()).isEqualTo("KEEP_RUNNING");
		assertThat(results.path("arms")).hasSize(2);
		HttpResponse<String> wrong = post("/" + this.key + "/conclude", "{\"arm\":\"z\"}", TestTenant.TOKEN);
		assertThat(wrong.statusCode()).isEqualTo(400);
		assertThat(wrong.body()).contains("/arm", "'z' is not one of the arms [plain, warm]");
		JsonNode ended = JSON
			.readTree(post("/" + this.key + "/conclude", "{\"arm\":\"warm\"}", TestTenant.TOKEN).body());
		assertThat(ended.path("verdict").path("arm").asText()).isEqualTo("warm");
		assertThat(ended.path("concludedAt").asText()).isNotEmpty();
	}

	@Test
	void listsVersionsAPageAtATime() throws Exception {
		post("", body("anna"), TestTenant.TOKEN);
		post("", body("bert"), TestTenant.TOKEN);
		JsonNode page = JSON.readTree(get("?limit=1").body());
		assertThat(page.path("items")).hasSize(1);
		String cursor = page.path("nextCursor").asText();
		assertThat(cursor).isNotEmpty();
		assertThat(JSON.readTree(get("?limit=500&cursor=" + cursor).body()).path("items")).isNotEmpty();
		assertThat(get("?cursor=nonsense").statusCode()).isEqualTo(400);
	}

	@Test
	void reportsEveryViolationWithItsPointer() throws Exception {
		HttpResponse<String> answer = post("", """
				{"key": "Bad Key", "arms": [{"key": "a", "weight": -1}, {}], "metric": "OPEN", "mode": "LUCKY",
				 "guardrails": [{"harm": "BOREDOM", "margin": 0.1}, {}], "pace": {"window": "a day"}}
				""", TestTenant.TOKEN);
		assertThat(answer.statusCode()).isEqualTo(400);
		assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
		assertThat(answer.body()).contains("/key", "/owner", "/arms/0/weight", "/arms/1", "/metric",
				"'OPEN' must be one of [CLICK, CONVERSION]", "/mode", "/guardrails/0/harm", "/guardrails/1",
				"/pace/window");
	}

	@Test
	void namesTheNullElementOfAList() throws Exception {
		HttpResponse<String> answer = post("", body("anna").replace("\"arms\": [", "\"arms\": [null, "),
				TestTenant.TOKEN);
		assertThat(answer.statusCode()).isEqualTo(400);
		assertThat(answer.body()).contains("/arms/0", "must not be null");
	}

	@Test
	void isReadableByAllRolesAndEditableByEditors() throws Exception {
		assertThat(post("", body("anna"), TestTenant.token(Role.REVIEWER)).statusCode()).isEqualTo(403);
		assertThat(post("", body("anna"), TestTenant.token(Role.MARKETER)).statusCode()).isEqualTo(201);
	}

	/** Over the tracking API, with the real order of listeners. */
	@Test
	void countsIngestedEvents() throws Exception {
		post("", body("anna"), TestTenant.TOKEN);
		post("/" + this.key + "/versions/1/approve", "", TestTenant.TOKEN);
		String user = "buyer-" + UUID.randomUUID();
		take("Signed Up", user, Map.of());
		ProfileId buyer = this.profiles.find(TestTenant.ID, new Identifier(Identifier.Type.USER_ID, user))
			.orElseThrow();
		this.exposures.record(TestTenant.ID, this.key, Instant.now().minusSeconds(60),
				List.of(new Exposure(buyer, new Assignment(Assignment.AssignmentRole.TEST, "warm"), null, 12.5)));
		take("Order Completed", user, Map.of("revenue", 40, "order_id", "1"));
		take("Order Completed", user, Map.of("revenue", "2.50", "order_id", "2"));
		assertThat(
				this.jdbc.sql("select revenue from experiment.exposure where profile_id = ? and bought_at is not null")
					.param(buyer.value())
					.query(Double.class)
					.single())
			.isEqualTo(42.5);
	}

	private void take(String event, String user, Map<String, Object> properties) throws Exception {
		this.ingestion.ingest(TestTenant.ID,
				JSON.writeValueAsBytes(Map.of("batch", List.of(Map.of("type", "track", "event", event, "userId", user,
						"messageId", UUID.randomUUID().toString(), "properties", properties)))));
	}

	private String body(String owner) {
		return """
				{"key": "%s", "owner": "%s", "arms": [{"key": "plain"}, {"key": "warm"}],
				 "reach": {"traffic": 1, "holdout": 0.1}, "pace": {"window": "P3D"}}
				""".formatted(this.key, owner);
	}

	private HttpResponse<String> get(String path) throws Exception {
		return this.http.send(request(path, TestTenant.TOKEN).GET().build(), HttpResponse.BodyHandlers.ofString());
	}

	private HttpResponse<String> post(String path, String body, String token) throws Exception {
		return this.http.send(request(path, token).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
				HttpResponse.BodyHandlers.ofString());
	}

	private HttpRequest.Builder request(String path, String token) {
		return HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + "/api/v1/experiments" + path))
			.header("Authorization", "Bearer " + token)
			.header("Content-Type", "application/json");
	}

}
