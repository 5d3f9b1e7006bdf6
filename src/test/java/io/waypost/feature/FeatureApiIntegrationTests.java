package io.waypost.feature;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import io.waypost.feature.state.FeatureTestEvents;
import io.waypost.identity.Identifier;
import io.waypost.identity.Profiles;
import io.waypost.ingestion.EventLog;
import io.waypost.kernel.ProfileId;
import io.waypost.testing.TestSource;
import io.waypost.testing.TestTenant;
import io.waypost.testing.WaypostTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/** Features from event ingestion to the API. */
@WaypostTest
class FeatureApiIntegrationTests {

	@LocalServerPort
	private int port;

	@Autowired
	private FeatureStore store;

	@Autowired
	private Profiles profiles;

	@Autowired
	private EventLog events;

	private RestClient http;

	private TestSource source;

	private final String user = "features-" + UUID.randomUUID();

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
	void showsFeaturesOfIngestedEvents() {
		this.source
			.batch("""
					{"type":"identify","userId":"%1$s","traits":{"timezone":"Europe/Vienna"}},
					{"type":"track","event":"Product Added","userId":"%1$s",
					 "properties":{"cart_id":"c1","product_id":"p1","name":"Lamp","price":19.9,"currency":"EUR","category":"Light"}},
					{"type":"track","event":"Order Completed","userId":"%1$s","timestamp":"2026-01-05T10:00:00Z",
					 "properties":{"order_id":"o1","revenue":12,"currency":"EUR"}}"""
				.formatted(this.user));
		JsonNode features = features("").getBody();
		assertThat(value(features, "purchase@v1", "order_count").asLong()).isEqualTo(1);
		assertThat(value(features, "cart@v1", "cart").get(0).path("name").asText()).isEqualTo("Lamp");
		assertThat(value(features, "locale@v1", "time_zone").asText()).isEqualTo("Europe/Vienna");
		assertThat(value(features, "affinity@v1", "category_affinity").has("Light")).isTrue();
		JsonNode item = item(features, "purchase@v1", "last_order_at");
		assertThat(item.path("value").asText()).isEqualTo("2026-01-05T10:00:00Z");
		assertThat(item.path("asOf").asText()).isEqualTo("2026-01-05T10:00:00Z");
		assertThat(Duration.parse(item.path("age").asText())).isPositive();
	}

	@Test
	void readsThePastFromTheEventLog() throws Exception {
		this.source.batch(view("Light"));
		Instant between = Instant.now();
		Thread.sleep(5);
		this.source.batch(view("Chairs"),
				"{\"type\":\"track\",\"event\":\"Order Completed\",\"userId\":\"%s\",\"timestamp\":\"%s\"}"
					.formatted(this.user, between.minusSeconds(3600)));
		JsonNode past = features("?asOf=" + between).getBody();
		assertThat(value(past, "affinity@v1", "category_affinity").properties()).hasSize(1);
		assertThat(value(past, "purchase@v1", "order_count").asLong()).isZero();
		JsonNode now = features("").getBody();
		assertThat(value(now, "affinity@v1", "category_affinity").properties()).hasSize(2);
	}

	@Test
	void readsTheSameValuesFromTheLogAndOnline() {
		ProfileId profile = sendManyThings();
		Features online = this.store.online(TestTenant.ID, profile);
		assertThat(this.events.knownAt(TestTenant.ID, profile, online.readAt())).hasSize(60);
		assertThat(this.store.asOf(TestTenant.ID, profile, online.readAt())).isEqualTo(online);
	}

	@Test
	void movesFeaturesOfAnAnonymousVisitor() {
		String device = "device-" + this.user;
		this.source.batch(
				"{\"type\":\"track\",\"event\":\"Product Viewed\",\"anonymousId\":\"%s\",\"properties\":{\"category\":\"Rugs\"}}"
					.formatted(device));
		ProfileId visitor = this.profiles.find(TestTenant.ID, new Identifier(Identifier.Type.ANONYMOUS_ID, device))
			.orElseThrow();
		this.source.batch(view("Light"));
		this.source
			.batch("{\"type\":\"identify\",\"userId\":\"%s\",\"anonymousId\":\"%s\"}".formatted(this.user, device));
		assertThat(value(features("").getBody(), "affinity@v1", "category_affinity").properties()).hasSize(2);
		assertThat(this.store.online(TestTenant.ID, visitor).categoryAffinity()).hasSize(2);
	}

	@Test
	void rejectsInvalidTimes() {
		this.source.batch(view("Light"));
		for (String moment : List.of("yesterday", "2999-01-01T00:00:00Z")) {
			ResponseEntity<JsonNode> answer = features("?asOf=" + moment);
			assertThat(answer.getStatusCode().value()).isEqualTo(400);
			assertThat(answer.getBody().path("detail").asText()).contains(moment, "ISO 8601");
		}
	}

	@Test
	void returnsNotFoundForUnknownUsers() {
		assertThat(features("").getStatusCode().value()).isEqualTo(404);
	}

	@Test
	void listsTheViewsWithTheirFormulas() {
		JsonNode views = get("/api/v1/feature-views").getBody().path("items");
		assertThat(views.findValuesAsText("name")).contains("purchase", "engagement", "affinity", "lifecycle", "device",
				"locale", "cart");
		assertThat(views.toString()).contains("2^-(0.5 clicks");
	}

	private ProfileId sendManyThings() {
		java.util.Random random = new java.util.Random(3);
		ProfileId unused = FeatureTestEvents.profile();
		for (int batch = 0; batch < 6; batch++) {
			String[] calls = new String[10];
			for (int number = 0; number < 10; number++) {
				var event = FeatureTestEvents.any(unused, random);
				calls[number] = """
						{"type":"%s","event":"%s","userId":"%s","timestamp":"%s","%s":%s,"context":%s}""".formatted(
						event.type(), event.name(), this.user, event.occurredAt(),
						"identify".equals(event.type()) ? "traits" : "properties", event.properties(), event.context());
			}
			this.source.batch(calls);
		}
		return this.profiles.find(TestTenant.ID, new Identifier(Identifier.Type.USER_ID, this.user)).orElseThrow();
	}

	private String view(String category) {
		return "{\"type\":\"track\",\"event\":\"Product Viewed\",\"userId\":\"%s\",\"properties\":{\"category\":\"%s\"}}"
			.formatted(this.user, category);
	}

	private ResponseEntity<JsonNode> features(String query) {
		return get("/api/v1/profiles/" + this.user + "/features" + query);
	}

	private ResponseEntity<JsonNode> get(String path) {
		return this.http.get()
			.uri(path)
			.headers((headers) -> headers.setBearerAuth(TestTenant.TOKEN))
			.retrieve()
			.toEntity(JsonNode.class);
	}

	private static JsonNode value(JsonNode features, String view, String name) {
		return item(features, view, name).path("value");
	}

	private static JsonNode item(JsonNode features, String view, String name) {
		for (JsonNode item : features.path("items")) {
			if (item.path("view").asText().equals(view) && item.path("name").asText().equals(name)) {
				return item;
			}
		}
		throw new AssertionError("No " + view + ":" + name + " in " + features);
	}

}
