package io.waypost.ingestion.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.GZIPOutputStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waypost.access.InvalidRequestException;
import io.waypost.access.Source;
import io.waypost.access.user.AccountProvisioner;
import io.waypost.identity.Identifier;
import io.waypost.identity.Profiles;
import io.waypost.identity.Vault;
import io.waypost.ingestion.Event;
import io.waypost.ingestion.EventLog;
import io.waypost.ledger.Ledger;
import io.waypost.testing.TestTenant;
import io.waypost.testing.WaypostTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The HTTP tracking API, with the variants of requests that client libraries send. */
@WaypostTest
class TrackingApiIntegrationTests {

	private static final Path SEGMENT_DATA = Path.of("../shared/data/segment");

	private static final ObjectMapper JSON = new ObjectMapper();

	@LocalServerPort
	private int port;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private Profiles profiles;

	@Autowired
	private EventLog log;

	@Autowired
	private Vault vault;

	@Autowired
	private Ledger ledger;

	private TrackingApiClient client;

	private final String user = "user-" + UUID.randomUUID();

	@BeforeEach
	void open() {
		this.client = new TrackingApiClient(this.port);
	}

	@ParameterizedTest
	@ValueSource(strings = { "track", "identify", "page", "screen", "group", "track/", "identify/" })
	void storesOneEventOfEachType(String path) {
		HttpResponse<String> response = this.client.post("/v1/" + path,
				"{\"userId\":\"%s\",\"event\":\"Signed Up\",\"name\":\"Home\",\"groupId\":\"g\"}".formatted(this.user));
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).isEqualTo("{\"success\":true}");
		assertThat(events(this.user)).singleElement().extracting(Event::type).isEqualTo(path.replace("/", ""));
	}

	@ParameterizedTest
	@CsvSource({ "/v1/batch,application/json,true", "/v1/batch/,text/plain,false", "/v1/import/,application/json,true",
			"/v1/import,application/x-www-form-urlencoded,false", "/v1/batch,application/x-www-form-urlencoded,true" })
	void acceptsJsonWithAnyContentTypeCompressedOrNot(String path, String contentType, boolean zipped)
			throws IOException {
		String body = "{\"batch\":[%s],\"writeKey\":\"%s\"}"
			.formatted(track(this.user, "Product Viewed", "m-" + this.user), TestTenant.WRITE_KEY);
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		HttpResponse<String> response = this.client.post(path, zipped ? gzip(bytes) : bytes, "Content-Type",
				contentType);
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		assertThat(events(this.user)).singleElement().extracting(Event::name).isEqualTo("Product Viewed");
	}

	@Test
	void acceptsBearerKeysAndTheHeaderForGzip() throws IOException {
		byte[] body = gzip(
				("{\"batch\":[" + track(this.user, "A", "b-" + this.user) + "]}").getBytes(StandardCharsets.UTF_8));
		assertThat(this.client
			.post("/v1/batch", body, "Authorization", "Bearer " + TestTenant.WRITE_KEY, "Content-Encoding", "gzip")
			.statusCode()).isEqualTo(200);
		assertThat(events(this.user)).hasSize(1);
	}

	@Test
	void answersTooManyRequestsWithRetryAfter(@Autowired AccountProvisioner accounts,
			@Autowired SourceAuthenticator authenticator) throws Exception {
		String key = "busy-" + this.user;
		accounts.createSource(new Source(TestTenant.ID, key), key);
		AtomicBoolean busy = new AtomicBoolean(true);
		Thread other = Thread.ofPlatform().start(() -> exceedRate(authenticator, key, busy));
		HttpResponse<String> response;
		int tries = 0;
		do {
			response = this.client.post("/v1/track", "{\"userId\":\"%s\",\"event\":\"e\"}".formatted(this.user),
					"Authorization", "Bearer " + key);
		}
		while (response.statusCode() == 200 && tries++ < 1000);
		busy.set(false);
		other.join();
		assertThat(response.statusCode()).isEqualTo(429);
		assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
		assertThat(response.headers().firstValueAsLong("Retry-After")).hasValue(1);
		JsonNode problem = JSON.readTree(response.body());
		assertThat(problem.path("status").asInt()).isEqualTo(429);
		assertThat(problem.path("title").asText()).isEqualTo("Too Many Requests");
		assertThat(problem.path("detail").asText()).contains("key", "batch");
	}

	/** Sends requests above the permitted rate. */
	private static void exceedRate(SourceAuthenticator authenticator, String key, AtomicBoolean busy) {
		while (busy.get()) {
			try {
				authenticator.authenticate("Bearer " + key, null, new MockHttpServletResponse());
			}
			catch (InvalidRequestException refused) {
				Thread.onSpinWait();
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "Basic bm9ib2R5Og==", "Bearer nobody", "Basic %%%", "Digest x", "" })
	void rejectsWrongKeys(String authorization) {
		HttpResponse<String> response = authorization.isEmpty()
				? this.client.post("/v1/track", "{\"userId\":\"u\",\"event\":\"e\"}", "Accept", "*/*")
				: this.client.post("/v1/track", "{\"userId\":\"u\",\"event\":\"e\"}", "Authorization", authorization);
		assertThat(response.statusCode()).isEqualTo(401);
		assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
	}

	@Test
	void dropsRepeatedMessages() {
		String event = track(this.user, "Order Completed", "same-" + this.user);
		for (int i = 0; i < 3; i++) {
			assertThat(this.client.post("/v1/batch", "{\"batch\":[%s,%s]}".formatted(event, event)).statusCode())
				.isEqualTo(200);
		}
		assertThat(events(this.user)).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{", "[]", "\"text\"", "{} {}", "{\"batch\":{}}", "{}", "{\"batch\":[],\"batch\":[]}x",
			"{\"batch\":[{\"a\":1,\"a\":2}]}", "\u0000" })
	void rejectsMalformedBodies(String body) {
		HttpResponse<String> response = this.client.post("/v1/batch", body);
		assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
		assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
	}

	@Test
	void rejectsDeeplyNestedBodies() {
		String deep = "{\"a\":".repeat(500) + "1" + "}".repeat(500);
		assertThat(this.client.post("/v1/batch", "{\"batch\":[" + deep + "]}").statusCode()).isEqualTo(400);
	}

	@Test
	void rejectsLargeBodiesAlsoCompressed() throws IOException {
		byte[] decompressionBomb = gzip(new byte[200 * 1024 * 1024]);
		assertThat(decompressionBomb.length).isLessThan(500 * 1024);
		assertThat(this.client.post("/v1/batch", decompressionBomb).statusCode()).isEqualTo(413);
		String large = "{\"batch\":[],\"x\":\"" + "x".repeat(512 * 1024) + "\"}";
		assertThat(this.client.post("/v1/batch", large).statusCode()).isEqualTo(413);
		String event = "{\"userId\":\"u\",\"event\":\"e\",\"properties\":{\"x\":\"" + "x".repeat(33 * 1024) + "\"}}";
		assertThat(this.client.post("/v1/track", event).statusCode()).isEqualTo(413);
	}

	@Test
	void answersUnknownCallsWith404() {
		assertThat(this.client.post("/v1/nothing", "{}").statusCode()).isEqualTo(404);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "{\"userId\":\"USER\",\"type\":\"dance\"}|/batch/1/type",
			"{\"userId\":\"USER\"}|/batch/1/type", "{\"type\":\"track\",\"event\":\"x\"}|/batch/1/userId",
			"{\"type\":\"track\",\"userId\":\"USER\"}|/batch/1/event",
			"{\"type\":\"alias\",\"userId\":\"USER\"}|/batch/1/previousId",
			"{\"type\":\"page\",\"userId\":\"USER\",\"properties\":{\"a\":{\"b\":\"x\\u0000\"}}}|/batch/1/properties/a/b",
			"{\"type\":\"page\",\"userId\":\"USER\",\"properties\":{\"n\":1e999999}}|/batch/1/properties/n",
			"{\"type\":\"page\",\"userId\":\"USER\",\"timestamp\":\"yesterday\"}|/batch/1/timestamp",
			"{\"type\":\"page\",\"userId\":\"USER\",\"timestamp\":\"0001-01-01T00:00:00Z\"}|/batch/1/timestamp",
			"{\"type\":\"page\",\"userId\":\"USER\",\"timestamp\":\"2026-02-30T00:00:00Z\"}|/batch/1/timestamp",
			"{\"type\":\"page\",\"userId\":{}}|/batch/1/userId",
			"{\"type\":\"page\",\"userId\":\"USER\",\"context\":[]}|/batch/1/context", "17|/batch/1" })
	void storesInvalidEventsAsDeadLettersAndIngestsTheRest(String bad, String pointer) throws IOException {
		String body = "{\"batch\":[%s,%s]}".formatted(track(this.user, "Good", "g-" + this.user),
				bad.replace("USER", this.user));
		HttpResponse<String> strict = this.client.post("/v1/batch", body, "X-Strict-Mode", "1", "Authorization",
				TrackingApiClient.basic(TestTenant.WRITE_KEY));
		assertThat(strict.statusCode()).as(strict.body()).isEqualTo(400);
		assertThat(JSON.readTree(strict.body()).at("/errors/0/pointer").asText()).isEqualTo(pointer);
		assertThat(events(this.user)).isEmpty();

		assertThat(this.client.post("/v1/batch", body).statusCode()).isEqualTo(200);
		assertThat(events(this.user)).singleElement().extracting(Event::name).isEqualTo("Good");
		JsonNode letters = JSON.readTree(this.client.get("/api/v1/dead-letters?limit=1").body());
		assertThat(letters.at("/items/0/pointer").asText()).isEqualTo(pointer);
		HttpResponse<String> replay = this.client.manage(
				"/api/v1/dead-letters/%s/replay".formatted(letters.at("/items/0/id").asText()), "application/json", "");
		assertThat(replay.statusCode()).as(replay.body()).isEqualTo(409);
	}

	@Test
	void storesOversizedEventsOfABatchAsDeadLetters() {
		String large = "{\"type\":\"track\",\"event\":\"e\",\"userId\":\"%s\",\"properties\":{\"x\":\"%s\"}}"
			.formatted(this.user, "x".repeat(40 * 1024));
		assertThat(this.client
			.post("/v1/batch", "{\"batch\":[%s,%s]}".formatted(large, track(this.user, "Small", "s-" + this.user)))
			.statusCode()).isEqualTo(200);
		assertThat(events(this.user)).singleElement().extracting(Event::name).isEqualTo("Small");
	}

	@Test
	void replaysADeadLetterThatIsValidNow() throws IOException {
		// As if stricter rules had rejected it: the payload is valid today
		this.client.post("/v1/batch", "{\"batch\":[{\"userId\":\"%s\",\"type\":\"dance\"}]}".formatted(this.user));
		String id = JSON.readTree(this.client.get("/api/v1/dead-letters?limit=1").body()).at("/items/0/id").asText();
		byte[] payload = ("{\"batch\":[" + track(this.user, "Late", "late-" + this.user) + "]}")
			.getBytes(StandardCharsets.UTF_8);
		this.jdbc.sql("update ingestion.dead_letter set payload = ? where id = ?::uuid")
			.params(this.vault.sealUnassigned(TestTenant.ID, payload), id)
			.update();
		HttpResponse<String> replay = this.client.manage("/api/v1/dead-letters/" + id + "/replay", "application/json",
				"");
		assertThat(replay.statusCode()).as(replay.body()).isEqualTo(200);
		assertThat(events(this.user)).singleElement().extracting(Event::name).isEqualTo("Late");
		assertThat(this.client.manage("/api/v1/dead-letters/" + id + "/replay", "application/json", "").statusCode())
			.isEqualTo(404);
	}

	@Test
	void replaysTheCorrectedEventOfADeadLetterAndKeepsTheOriginal() throws IOException {
		this.client.post("/v1/batch",
				"{\"batch\":[{\"userId\":\"%s\",\"type\":\"dance\",\"writeKey\":\"secret\"}]}".formatted(this.user));
		String path = "/api/v1/dead-letters/"
				+ JSON.readTree(this.client.get("/api/v1/dead-letters?limit=1").body()).at("/items/0/id").asText();
		JsonNode before = JSON.readTree(this.client.get(path).body());
		assertThat(before.at("/event"))
			.isEqualTo(JSON.createObjectNode().put("userId", this.user).put("type", "dance"));
		assertThat(before.at("/original").isNull()).isTrue();

		HttpResponse<String> invalid = this.client.put(path, "{\"event\":{\"type\":\"track\",\"event\":\"Danced\"}}");
		assertThat(invalid.statusCode()).as(invalid.body()).isEqualTo(400);
		assertThat(JSON.readTree(invalid.body()).at("/errors/0/pointer").asText()).isEqualTo("/event/userId");
		assertThat(JSON.readTree(this.client.get(path).body())).isEqualTo(before);

		HttpResponse<String> edited = this.client.put(path,
				"{\"event\":{\"type\":\"track\",\"event\":\"Danced\",\"userId\":\"%s\"}}".formatted(this.user));
		assertThat(edited.statusCode()).as(edited.body()).isEqualTo(200);
		JsonNode failedEvent = JSON.readTree(edited.body());
		assertThat(failedEvent.at("/event/event").asText()).isEqualTo("Danced");
		assertThat(failedEvent.at("/original/type").asText()).isEqualTo("dance");
		assertThat(failedEvent.at("/letter/editedBy").asText()).startsWith("token:");
		assertThat(failedEvent.at("/letter/editedAt").asText()).isNotEmpty();
		assertThat(this.ledger.findBySubject(TestTenant.ID, "deadletter:" + failedEvent.at("/letter/id").asText()))
			.singleElement()
			.satisfies((entry) -> {
				assertThat(entry.kind()).isEqualTo("deadletter.edited");
				assertThat(entry.actor()).isEqualTo(failedEvent.at("/letter/editedBy").asText());
			});

		assertThat(this.client.manage(path + "/replay", "application/json", "").statusCode()).isEqualTo(200);
		assertThat(events(this.user)).singleElement().extracting(Event::name).isEqualTo("Danced");
		assertThat(this.client.put(path, "{\"event\":{\"userId\":\"u\",\"type\":\"page\"}}").statusCode())
			.isEqualTo(404);
	}

	@Test
	void correctsTheSendersClock() {
		Instant now = Instant.now();
		Instant wrong = now.minus(Duration.ofDays(400));
		this.client.post("/v1/batch", """
				{"sentAt":"%s","batch":[{"type":"track","event":"Skewed","userId":"%s","timestamp":"%s"}]}"""
			.formatted(wrong, this.user, wrong.minusSeconds(3600)));
		assertThat(events(this.user)).singleElement()
			.extracting(Event::occurredAt)
			.satisfies((at) -> assertThat(at).isCloseTo(now.minusSeconds(3600), within(20, ChronoUnit.SECONDS)));
	}

	@Test
	void keepsTheTimeOfASingleEvent() {
		this.client.post("/v1/track",
				"{\"userId\":\"%s\",\"event\":\"x\",\"timestamp\":\"2026-03-01T10:00:00Z\"}".formatted(this.user));
		assertThat(events(this.user)).singleElement()
			.extracting(Event::occurredAt)
			.isEqualTo(Instant.parse("2026-03-01T10:00:00Z"));
	}

	@Test
	void keepsTheTimeOfLateEventsAndLimitsTheFuture() {
		this.client.post("/v1/batch", """
				{"batch":[{"type":"track","event":"Late","userId":"%1$s","timestamp":"2020-02-29T12:00:00+01:00"},
				{"type":"track","event":"Future","userId":"%1$s","timestamp":"2999-01-01T00:00:00Z"}]}"""
			.formatted(this.user));
		List<Event> events = events(this.user);
		assertThat(events.get(1).occurredAt()).isEqualTo("2020-02-29T11:00:00Z");
		assertThat(events.get(0).occurredAt()).isEqualTo(events.get(0).receivedAt());
	}

	@Test
	void keepsDirectIdentifiersOutOfTheLogAndInTheVault() throws IOException {
		String mail = "Jane." + this.user + "@Example.com";
		this.client.post("/v1/identify", """
				{"userId":"%s","traits":{"email":"%s","firstName":"Jane","name":"Jane Doe","plan":"pro",
				"address":{"city":"Zürich","country":"CH"},"phone":"+41446681800"},
				"context":{"ip":"203.0.113.7","timezone":"Europe/Zurich","locale":"de_CH"}}""".formatted(this.user,
				mail));
		Event event = events(this.user).getFirst();
		assertThat(event.properties()).isEqualTo(JSON.readTree("{\"plan\":\"pro\",\"address\":{\"country\":\"CH\"}}"));
		assertThat(event.context()).isEqualTo(JSON.readTree("{\"timezone\":\"Europe/Zurich\",\"locale\":\"de_CH\"}"));
		JsonNode profile = JSON.readTree(this.client.get("/api/v1/profiles/" + this.user).body());
		assertThat(profile.at("/traits/email").asText()).isEqualTo(mail.replace("Example", "example"));
		assertThat(profile.at("/traits/address.city").asText()).isEqualTo("Zürich");
		assertThat(profile.at("/userIds/0").asText()).isEqualTo(this.user);
		assertThat(List.of(profile.at("/country").asText(), profile.at("/locale").asText(),
				profile.at("/timeZone").asText()))
			.containsExactly("CH", "de-CH", "Europe/Zurich");
	}

	@Test
	void storesAnEventWithABadAddressAndDoesNotUseTheAddress() throws IOException {
		this.client.post("/v1/identify",
				"{\"userId\":\"%s\",\"traits\":{\"email\":\"not an address\"}}".formatted(this.user));
		assertThat(events(this.user).getFirst().properties())
			.isEqualTo(JSON.readTree("{\"unusableTraits\":[\"email\"]}"));
		assertThat(JSON.readTree(this.client.get("/api/v1/profiles/" + this.user).body())
			.at("/traits/email")
			.isMissingNode()).isTrue();
	}

	@Test
	void movesAnonymousHistoryToThePersonWhoSignsIn() {
		String device = "device-" + this.user;
		this.client.post("/v1/page", "{\"anonymousId\":\"%s\",\"name\":\"Home\"}".formatted(device));
		this.client.post("/v1/track", "{\"userId\":\"%s\",\"event\":\"Before\"}".formatted(this.user));
		this.client.post("/v1/identify", "{\"userId\":\"%s\",\"anonymousId\":\"%s\"}".formatted(this.user, device));
		assertThat(events(this.user)).extracting(Event::type).containsExactlyInAnyOrder("page", "track", "identify");
	}

	@Test
	void acceptsCircularAliases() {
		String other = this.user + "-b";
		String third = this.user + "-c";
		this.client.post("/v1/batch",
				"""
						{"batch":[{"type":"alias","previousId":"%1$s","userId":"%2$s"},{"type":"alias","previousId":"%2$s","userId":"%3$s"},
						{"type":"alias","previousId":"%3$s","userId":"%1$s"},{"type":"alias","previousId":"%1$s","userId":"%1$s"}]}"""
					.formatted(this.user, other, third));
		assertThat(events(this.user)).hasSize(4);
		assertThat(events(third)).isEqualTo(events(this.user));
	}

	@Test
	void acceptsNumbersAsUserIds() {
		long number = Math.abs(UUID.randomUUID().getMostSignificantBits());
		this.client.post("/v1/track", "{\"userId\":%d,\"event\":\"x\"}".formatted(number));
		assertThat(events(Long.toString(number))).hasSize(1);
	}

	@Test
	void pagesThroughAProfilesEvents() throws IOException {
		for (int i = 0; i < 5; i++) {
			this.client.post("/v1/track", "{\"userId\":\"%s\",\"event\":\"e%d\"}".formatted(this.user, i));
		}
		JsonNode first = JSON
			.readTree(this.client.get("/api/v1/profiles/%s/events?limit=3".formatted(this.user)).body());
		JsonNode second = JSON.readTree(this.client
			.get("/api/v1/profiles/%s/events?limit=3&cursor=%s".formatted(this.user, first.get("nextCursor").asText()))
			.body());
		assertThat(first.get("items")).hasSize(3);
		assertThat(second.get("items")).hasSize(2);
		assertThat(second.get("nextCursor").isNull()).isTrue();
		assertThat(this.client.get("/api/v1/profiles/nobody-at-all/events").statusCode()).isEqualTo(404);
		assertThat(this.client.get("/api/v1/profiles/nobody-at-all").statusCode()).isEqualTo(404);
	}

	/**
	 * An example of the specification without an id gets the one that a library would
	 * add.
	 */
	@Test
	void storesThePayloadsOfTheSpecificationOnce() throws IOException {
		assumeTrue(Files.exists(SEGMENT_DATA), "no ../shared/data here: the specification's payloads are not replayed");
		for (String line : Files.readAllLines(SEGMENT_DATA.resolve("spec_payloads_train.jsonl"))) {
			ObjectNode payload = (ObjectNode) JSON.readTree(line).get("payload");
			String id = this.user + JSON.readTree(line).get("id").asText();
			String original = payload.path("userId").asText(payload.path("user_id").asText());
			payload.remove("user_id");
			payload.put("userId", id).put("messageId", "spec-" + id);
			String body = "{\"batch\":[%s]}".formatted(payload);
			for (int i = 0; i < 2; i++) {
				assertThat(this.client
					.post("/v1/batch", body, "X-Strict-Mode", "1", "Authorization",
							TrackingApiClient.basic(TestTenant.WRITE_KEY))
					.body()).as(line + original).isEqualTo("{\"success\":true}");
			}
			Event event = events(id).getFirst();
			assertThat(events(id)).hasSize(1);
			assertThat(event.type()).isEqualTo(payload.path("type").asText(payload.path("action").asText()));
			if (payload.has("timestamp")) {
				assertThat(event.occurredAt()).isEqualTo(Instant.parse(payload.get("timestamp").asText()));
			}
		}
	}

	/** The calls of the specification as the browser library sends them. */
	@Test
	void storesTheCallsOfTheSpecificationOnce() throws IOException {
		assumeTrue(Files.exists(SEGMENT_DATA), "no ../shared/data here: the specification's calls are not replayed");
		for (String line : Files.readAllLines(SEGMENT_DATA.resolve("spec_js_calls_train.jsonl"))) {
			JsonNode call = JSON.readTree(line);
			String type = call.get("call").asText();
			String id = this.user + call.get("id").asText();
			ObjectNode event = JSON.createObjectNode()
				.put("type", type)
				.put("userId", id)
				.put("messageId", "call-" + id)
				.put("timestamp", "2026-03-01T10:00:00.000Z")
				.put("previousId", type.equals("alias") ? id + "-before" : null)
				.put("groupId", type.equals("group") ? call.get("first_arg").asText() : null)
				.put(type.equals("track") ? "event" : "name", call.get("first_arg").asText());
			event.set((type.equals("identify") || type.equals("group")) ? "traits" : "properties", call.get("object"));
			for (int i = 0; i < 2; i++) {
				assertThat(this.client
					.post("/v1/" + type, event.toString(), "X-Strict-Mode", "1", "Authorization",
							TrackingApiClient.basic(TestTenant.WRITE_KEY))
					.body()).as(line).isEqualTo("{\"success\":true}");
			}
			assertThat(events(id)).as(line).singleElement().satisfies((stored) -> {
				assertThat(stored.type()).isEqualTo(type);
				assertThat(stored.name())
					.isEqualTo(type.equals("track") || type.equals("page") ? call.get("first_arg").asText() : "");
				assertThat(stored.occurredAt()).isEqualTo("2026-03-01T10:00:00Z");
			});
		}
	}

	/** The age of the recorded request is interpreted as clock skew. */
	@Test
	void storesOnceWhatARealLibrarySent() throws IOException {
		assumeTrue(Files.exists(SEGMENT_DATA), "no ../shared/data here: the recorded request is not replayed");
		JsonNode recorded = JSON.readTree(SEGMENT_DATA.resolve("wire_segment_node.json").toFile()).get(0);
		String body = recorded.get("body")
			.asText()
			.replace("u-1001", this.user)
			.replace("anon-", this.user + "-anon-")
			.replace("node-next-1", this.user)
			.replace("WRITE_KEY_1", TestTenant.WRITE_KEY);
		for (int i = 0; i < 2; i++) {
			assertThat(this.client.post(recorded.get("path").asText(), body, "Content-Type", "application/json")
				.statusCode()).isEqualTo(200);
		}
		List<Event> stored = new ArrayList<>(events(this.user));
		stored.addAll(events(new Identifier(Identifier.Type.ANONYMOUS_ID, this.user + "-anon-88")));
		JsonNode sent = JSON.readTree(body);
		assertThat(stored).hasSize(sent.get("batch").size());
		for (JsonNode event : sent.get("batch")) {
			Duration age = Duration.between(Instant.parse(event.get("timestamp").asText()),
					Instant.parse(sent.get("sentAt").asText()));
			assertThat(stored).filteredOn("messageId", event.get("messageId").asText())
				.singleElement()
				.satisfies((found) -> {
					assertThat(found.type()).isEqualTo(event.get("type").asText());
					assertThat(found.name()).isEqualTo(event.path("event").asText(event.path("name").asText()));
					assertThat(found.occurredAt()).isEqualTo(found.receivedAt().minus(age));
				});
		}
	}

	private List<Event> events(String userId) {
		return events(new Identifier(Identifier.Type.USER_ID, userId));
	}

	private List<Event> events(Identifier person) {
		return this.profiles.find(TestTenant.ID, person)
			.map((profile) -> this.log.of(TestTenant.ID, profile, 500, null).items())
			.orElse(List.of());
	}

	private static String track(String user, String event, String messageId) {
		return "{\"type\":\"track\",\"userId\":\"%s\",\"event\":\"%s\",\"messageId\":\"%s\"}".formatted(user, event,
				messageId);
	}

	private static byte[] gzip(byte[] clear) throws IOException {
		ByteArrayOutputStream zipped = new ByteArrayOutputStream();
		try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
			gzip.write(clear);
		}
		return zipped.toByteArray();
	}

}
