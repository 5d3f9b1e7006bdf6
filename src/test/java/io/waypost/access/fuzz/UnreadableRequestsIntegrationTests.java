package io.waypost.access.fuzz;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

import io.waypost.testing.PublicApi;
import io.waypost.testing.PublicApi.Reply;
import io.waypost.testing.PublicShop;
import io.waypost.testing.TestTenant;
import io.waypost.testing.WaypostTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** One test for each kind of request that the fuzzer saw answered with 5xx. */
@WaypostTest
class UnreadableRequestsIntegrationTests {

	private static final String BRAND = """
			{"senderName":"Shop","senderAddress":"hello@shop.example","postalAddress":["1 High Street"],
			"siteUrl":"https://shop.example","logoUrl":"https://shop.example/logo.png","accentColour":"#224466",
			"linkHosts":["shop.example"],"forbiddenWords":["bargain"]}""";

	@LocalServerPort
	private int port;

	private PublicApi api;

	private String user;

	@BeforeEach
	void createUser() {
		this.api = PublicApi.on(this.port);
		this.user = "unreadable-" + UUID.randomUUID();
		this.api.event("identify", "{\"userId\":\"%s\"}".formatted(this.user)).expect(200);
	}

	@ParameterizedTest
	@CsvSource({ "/v1/batch, UTF-16", "/v1/batch, UTF-16LE", "/v1/batch, UTF-16BE", "/v1/batch, UTF-32",
			"/v1/track, UTF-16LE", "/api/v1/suppressions, UTF-16", "/api/v1/suppressions, UTF-32LE" })
	void refusesOtherEncodingsThanUtf8(String path, String charset) throws Exception {
		String body = path.equals("/v1/batch") ? "{\"batch\":[{\"userId\":\"a\",\"type\":\"dance\"}]}"
				: "{\"userId\":\"a\",\"email\":\"a@b.example\",\"reason\":\"MANUAL\"}";
		for (String type : new String[] { "application/json", "application/json;charset=" + charset }) {
			HttpRequest request = HttpRequest.newBuilder(URI.create(this.api.base() + path))
				.header("Content-Type", type)
				.header("Authorization",
						path.startsWith("/v1") ? PublicApi.basic(TestTenant.WRITE_KEY) : "Bearer " + TestTenant.TOKEN)
				.POST(HttpRequest.BodyPublishers.ofByteArray(body.getBytes(Charset.forName(charset))))
				.build();
			HttpResponse<String> response = HttpClient.newHttpClient()
				.send(request, HttpResponse.BodyHandlers.ofString());
			assertThat(response.statusCode()).as(type + " " + response.body()).isEqualTo(415);
		}
	}

	@ParameterizedTest
	@CsvSource({ "postalAddress, 1 High Street", "linkHosts, shop.example", "forbiddenWords, bargain" })
	void refusesNullElementsOfLists(String list, String element) {
		String body = BRAND.replace("\"%s\":[\"%s\"]".formatted(list, element),
				"\"%s\":[\"%s\",null]".formatted(list, element));
		Reply reply = this.api.post("/api/v1/brands", body).expect(400);
		assertThat(reply.pointers()).contains("/" + list + "/1");
	}

	@Test
	void refusesNullScopes() {
		Reply reply = this.api
			.post("/api/v1/tokens",
					"{\"name\":\"%s\",\"roles\":[\"MARKETER\"],\"scopes\":[\"READ\",null]}".formatted(this.user))
			.expect(400);
		assertThat(reply.pointers()).contains("/scopes/1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "%2B999999999-12-31T23:59:59Z", "-999999999-01-01T00:00:00Z", "-4713-01-01T00:00:00Z",
			"%2B294277-01-01T00:00:00Z", "0000-01-01T00:00:00Z" })
	void refusesTimesOutsideOfTheYearsOneTo9999(String time) {
		Reply asOf = this.api.get("/api/v1/profiles/%s/features?asOf=%s".formatted(this.user, time)).expect(400);
		assertThat(asOf.text()).contains("asOf is");
		String clear = time.replace("%2B", "+");
		Reply token = this.api.post("/api/v1/tokens",
				"{\"name\":\"%s\",\"roles\":[\"MARKETER\"],\"expiresAt\":\"%s\"}".formatted(this.user, clear));
		assertThat(token.expect(400).pointers()).contains("/expiresAt");
		String consent = """
				{"status":"GRANTED","evidence":{"source":"x","text":"y","textVersion":"1","at":"%s"}}"""
			.formatted(clear);
		this.api.put("/api/v1/profiles/%s/consents/marketing".formatted(this.user), consent).expect(400);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/v1/sends?userId=%00", "/api/v1/templates?cursor=%00",
			"/api/v1/users/x/sessions?session=a%00b" })
	void refusesNullCharactersOfParameters(String path) {
		Reply reply = path.contains("session=") ? this.api.call("DELETE", path, "") : this.api.get(path);
		assertThat(reply.expect(400).isProblem()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "\\u0000", "\\ud800", "\\udc00x" })
	void refusesCharactersThatCannotBeStored(String character) {
		Reply value = this.api
			.post("/api/v1/segments",
					"{\"name\":\"a%s\",\"description\":\"d\",\"owner\":\"o\",\"definition\":\"did 'x'\"}"
						.formatted(character))
			.expect(400);
		assertThat(value.pointers()).contains("/name");
		this.api
			.post("/api/v1/campaigns/trigger",
					"{\"userId\":\"%s\",\"template\":\"t\",\"properties\":{\"a%s\":1}}".formatted(this.user, character))
			.expect(400);
		// An event becomes a failed event or is stored without the character; a broken
		// name is not JSON
		this.api
			.event("track",
					"{\"userId\":\"%1$s\",\"event\":\"a%2$s\",\"properties\":{\"b%2$s\":\"c%2$s\"}}"
						.formatted(this.user, character))
			.expect(200, 400);
	}

	@ParameterizedTest
	@ValueSource(strings = { "nonsense", "application/json;q=abc", "image/png", "text/html" })
	void writesProblemsWhateverTheCallerAccepts(String accept) {
		for (String path : new String[] { "/api/v1/sends/unknown", "/api/v1/sends?limit=many", "/api/v1//sends",
				"/api/v1/profiles/a%2500b" }) {
			Reply reply = this.api.call("GET", path, null, "Accept", accept);
			assertThat(reply.expect(400, 404, 406).isProblem()).as(path + " " + reply).isTrue();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "*/*", "application/*", "application/json;charset=nope", "nonsense" })
	void refusesUnreadableContentTypes(String type) {
		Reply reply = this.api.call("POST", "/api/v1/brands", BRAND, "Content-Type", type);
		assertThat(reply.expect(415).isProblem()).isTrue();
	}

	@Test
	void refusesUnreadableForms() {
		String form = "{\"event\":{\"%\":1}}";
		for (String type : List.of("application/x-www-form-urlencoded", "multipart/form-data; boundary=x")) {
			this.api
				.call("PUT", "/api/v1/dead-letters/01936f00-0000-7000-8000-000000000001", form, "Content-Type", type)
				.expect(400, 415);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "%00", "a%2Fb", "%5C" })
	void writesProblemsForPathsThatTheServerRefuses(String segment) throws IOException {
		try (Socket socket = new Socket("127.0.0.1", this.port); InputStream in = socket.getInputStream()) {
			socket.getOutputStream()
				.write("GET /api/v1/profiles/%s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
					.formatted(segment)
					.getBytes(StandardCharsets.US_ASCII));
			String response = new String(in.readAllBytes(), StandardCharsets.UTF_8);
			assertThat(response).contains(" 400 ", "application/problem+json", "request line is not valid");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "abc", "-1", "99999999999999999999", "1\r\nContent-Length: 2" })
	void refusesAnInvalidLength(String length) throws IOException {
		for (String path : List.of("/api/v1/profiles", "/login", "/v1/track")) {
			try (Socket socket = new Socket("127.0.0.1", this.port); InputStream in = socket.getInputStream()) {
				socket.getOutputStream()
					.write("POST %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: %s\r\n\r\n"
						.formatted(path, length)
						.getBytes(StandardCharsets.US_ASCII));
				assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).as(path).startsWith("HTTP/1.1 400");
			}
		}
	}

	@Test
	void answersForErasedProfiles() {
		PublicShop shop = PublicShop.open(this.api);
		shop.subscribe(this.user, this.user + "@example.com");
		String send = shop.trigger(this.user, shop.approvedTemplate());
		shop.await(send, "accepted", "delivered");
		this.api.call("DELETE", "/api/v1/profiles/" + this.user, null).expect(200);
		for (String path : List.of("", "/content")) {
			this.api.get("/api/v1/sends/" + send + path).expect(200, 404);
		}
		for (String path : List.of("", "/features", "/events", "/consents", "/export")) {
			this.api.get("/api/v1/profiles/" + this.user + path).expect(404);
		}
		this.api.put("/api/v1/profiles/" + this.user + "/consents/marketing", """
				{"status":"GRANTED","evidence":{"source":"x","text":"y","textVersion":"1"}}""").expect(404);
	}

	@Test
	void refusesUnknownCursorsOfPages() {
		this.api.get("/api/v1/sends?cursor=eA").expect(400);
		this.api.get("/api/v1/suppressions?cursor=KzEwMDAwMC0wMS0wMVQwMDowMDowMFoAeA").expect(400);
	}

}
