package io.waypost.consent;

import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import io.waypost.identity.Identifier;
import io.waypost.identity.Profiles;
import io.waypost.kernel.ProfileId;
import io.waypost.ledger.Ledger;
import io.waypost.ledger.LedgerEntry;
import io.waypost.testing.TestTenant;
import io.waypost.testing.WaypostTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/** Consents and suppressions over HTTP, decided by the deployed table. */
@WaypostTest
class ConsentApiIntegrationTests {

	private static final String YES = """
			{"status":"GRANTED","evidence":{"source":"checkout","text":"Send me offers","textVersion":"v3",
			 "ip":"203.0.113.9"}}""";

	@LocalServerPort
	private int port;

	@Autowired
	private SendPermissionEvaluator gate;

	@Autowired
	private TransactionTemplate transaction;

	@Autowired
	private Profiles profiles;

	@Autowired
	private Ledger ledger;

	private RestClient http;

	private final String user = "consents-" + UUID.randomUUID();

	private final String email = this.user + "@example.com";

	@BeforeEach
	void connect() {
		this.http = RestClient.builder()
			.baseUrl("http://127.0.0.1:" + this.port)
			.defaultStatusHandler(HttpStatusCode::isError, (request, response) -> {
			})
			.build();
		call(HttpMethod.POST, "/v1/identify", "{\"userId\":\"%s\",\"traits\":{\"email\":\"%s\"},\"writeKey\":\"%s\"}"
			.formatted(this.user, this.email, TestTenant.WRITE_KEY));
	}

	@Test
	void permitsAfterAGrantAndWithholdsAfterARevocation() {
		assertThat(reason()).isEqualTo("no_consent");
		JsonNode granted = put("marketing", YES).getBody();
		assertThat(granted.path("version").asLong()).isEqualTo(1);
		assertThat(granted.at("/evidence/text").asText()).isEqualTo("Send me offers");
		assertThat(granted.toString()).doesNotContain("203.0.113.9");
		assertThat(permission()).isInstanceOf(SendPermission.Granted.class);
		put("marketing", "{\"status\":\"REVOKED\",\"evidence\":{\"source\":\"phone\"}}");
		assertThat(reason()).isEqualTo("revoked");
		assertThat(this.ledger.findBySubject(TestTenant.ID, "profile:" + profile())).extracting(LedgerEntry::kind)
			.containsSubsequence("consent.granted", "consent.revoked");
		JsonNode listed = call(HttpMethod.GET, path(""), null).getBody().path("items");
		assertThat(listed.findValuesAsText("status")).containsExactly("REVOKED");
	}

	@Test
	void readsConsentFromTrackedEvents() {
		call(HttpMethod.POST, "/v1/identify",
				"{\"userId\":\"%s\",\"context\":{\"consent\":{\"categoryPreferences\":{\"marketing\":true}}},\"writeKey\":\"%s\"}"
					.formatted(this.user, TestTenant.WRITE_KEY));
		assertThat(permission()).isInstanceOf(SendPermission.Granted.class);
		call(HttpMethod.POST, "/v1/track", "{\"userId\":\"%s\",\"event\":\"Unsubscribed\",\"writeKey\":\"%s\"}"
			.formatted(this.user, TestTenant.WRITE_KEY));
		assertThat(reason()).isEqualTo("revoked");
	}

	@Test
	void revokesAllTopicsAfterATrackedComplaintButNotAfterABounce() {
		put("marketing", YES);
		track("Email Bounced");
		assertThat(permission()).isInstanceOf(SendPermission.Granted.class);
		track("Email Marked as Spam");
		assertThat(reason()).isEqualTo("revoked");
	}

	private void track(String event) {
		call(HttpMethod.POST, "/v1/track", "{\"userId\":\"%s\",\"event\":\"%s\",\"writeKey\":\"%s\"}"
			.formatted(this.user, event, TestTenant.WRITE_KEY));
	}

	@Test
	void withholdsFromASuppressedAddressWhateverTheConsent() {
		put("marketing", YES);
		ResponseEntity<JsonNode> added = call(HttpMethod.POST, "/api/v1/suppressions",
				"{\"email\":\"%s\",\"reason\":\"COMPLAINT\"}".formatted(this.email));
		assertThat(added.getStatusCode().value()).isEqualTo(201);
		assertThat(added.getBody().path("addressHash").asText()).hasSize(12);
		assertThat(reason()).isEqualTo("suppressed.complaint");
		JsonNode listed = call(HttpMethod.GET, "/api/v1/suppressions?limit=500", null).getBody();
		assertThat(listed.toString()).contains(added.getBody().path("addressHash").asText()).doesNotContain(this.user);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{} | /status
			{"status":"YES"} | /status
			{"status":["GRANTED"]} | /status
			{"status":"GRANTED"} | /evidence/source
			{"status":"GRANTED","evidence":{"source":"form"}} | /evidence/text
			{"status":"GRANTED","evidence":{"source":"form","text":7}} | /evidence/text
			{"status":"REVOKED","evidence":{"at":"tomorrow"}} | /evidence/at
			{"status":"REVOKED","evidence":{"at":"2999-01-01T00:00:00Z"}} | /evidence/at
			{"status":"REVOKED","evidence":{"ip":"not an ip"}} | /evidence/ip
			{"status":"REVOKED","basis":"Because I say so"} | /basis
			[] | /status
			""")
	void pointsToInvalidValuesOfAnAnswer(String body, String pointer) {
		ResponseEntity<JsonNode> answer = put("marketing", body);
		assertThat(answer.getStatusCode().value()).isEqualTo(400);
		assertThat(answer.getBody().path("errors").findValuesAsText("pointer")).contains(pointer);
	}

	@Test
	void rejectsUnknownTopicsProfilesAndCursors() {
		assertThat(put("no topic!", YES).getStatusCode().value()).isEqualTo(404);
		assertThat(call(HttpMethod.GET, "/api/v1/profiles/nobody-at-all/consents", null).getStatusCode().value())
			.isEqualTo(404);
		assertThat(put("marketing", "{\"status\":").getStatusCode().value()).isEqualTo(400);
		ResponseEntity<JsonNode> bad = call(HttpMethod.POST, "/api/v1/suppressions",
				"{\"email\":\"nope\",\"reason\":\"DISLIKE\"}");
		assertThat(bad.getBody().path("errors").findValuesAsText("pointer")).containsExactly("/email", "/reason");
		for (String query : List.of("limit=0", "limit=501", "cursor=elsewhere")) {
			assertThat(call(HttpMethod.GET, "/api/v1/suppressions?" + query, null).getStatusCode().value())
				.isEqualTo(400);
		}
	}

	private ProfileId profile() {
		return this.profiles.find(TestTenant.ID, new Identifier(Identifier.Type.USER_ID, this.user)).orElseThrow();
	}

	private SendPermission permission() {
		ProfileId profile = profile();
		return this.transaction
			.execute((status) -> this.gate.decide(TestTenant.ID, "marketing", List.of(profile)).get(profile));
	}

	private String reason() {
		return switch (permission()) {
			case SendPermission.Granted granted -> "granted";
			case SendPermission.Withheld withheld -> withheld.reason();
		};
	}

	private ResponseEntity<JsonNode> put(String topic, String body) {
		return call(HttpMethod.PUT, path("/" + topic), body);
	}

	private String path(String rest) {
		return "/api/v1/profiles/" + this.user + "/consents" + rest;
	}

	private ResponseEntity<JsonNode> call(HttpMethod method, String path, String body) {
		RestClient.RequestBodySpec request = this.http.method(method)
			.uri(path)
			.headers((headers) -> headers
				.setBearerAuth(path.startsWith("/v1") ? TestTenant.WRITE_KEY : TestTenant.TOKEN))
			.contentType(MediaType.APPLICATION_JSON);
		if (body != null) {
			request.body(body);
		}
		ResponseEntity<JsonNode> answer = request.retrieve().toEntity(JsonNode.class);
		assertThat(answer.getStatusCode().is5xxServerError()).as(path).isFalse();
		return answer;
	}

}
