package io.waypost.access.user;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.access.Role;
import io.waypost.testing.TestTenant;
import io.waypost.testing.WaypostTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** Tenants, users, tokens and sources over HTTP, as an administrator creates them. */
@WaypostTest
class AdministrationIntegrationTests {

	private static final String PASSWORD = "correct horse battery";

	private final HttpClient client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

	private final ObjectMapper json = new ObjectMapper();

	private final String suffix = UUID.randomUUID().toString().substring(0, 8);

	@LocalServerPort
	private int port;

	@Test
	void opensNewTenantUpToItsFirstEvent() throws Exception {
		String tenant = "acme-" + this.suffix;
		String platform = bearer(TestTenant.token(Role.PLATFORM_ADMIN));
		assertThat(post(platform, "/api/v1/tenants", "{\"id\": \"%s\"}".formatted(tenant)).statusCode()).isEqualTo(201);
		assertThat(post(platform, "/api/v1/tenants", "{\"id\": \"%s\"}".formatted(tenant)).statusCode()).isEqualTo(409);
		String name = "anna-" + this.suffix;
		HttpResponse<String> invited = post(platform, "/api/v1/users",
				"{\"tenant\": \"%s\", \"name\": \"%s\", \"roles\": [\"ADMIN\"]}".formatted(tenant, name));
		assertThat(invited.statusCode()).as(invited.body()).isEqualTo(201);
		choosePassword(this.json.readTree(invited.body()).path("invitation").asText());
		String admin = basic(name, PASSWORD);
		JsonNode source = read(post(admin, "/api/v1/sources", "{\"name\": \"shop\"}"));
		assertThat(track(source.path("writeKey").asText())).isEqualTo(200);
		JsonNode list = read(send("GET", admin, "/api/v1/sources", null));
		assertThat(list.path("items")).hasSize(1);
		assertThat(list.toString()).doesNotContain(source.path("writeKey").asText());
	}

	@Test
	void refusesTokenAfterDeletionAndWritesOfReadOnlyToken() throws Exception {
		String admin = bearer(TestTenant.token(Role.ADMIN));
		JsonNode created = read(post(admin, "/api/v1/tokens",
				"{\"name\": \"ci-%s\", \"roles\": [\"MARKETER\"], \"scopes\": [\"READ\"]}".formatted(this.suffix)));
		String token = bearer(created.path("token").asText());
		assertThat(send("GET", token, "/api/v1/templates", null).statusCode()).isEqualTo(200);
		HttpResponse<String> refused = post(token, "/api/v1/campaigns", "{}");
		assertThat(refused.statusCode()).isEqualTo(403);
		assertThat(refused.body()).contains("scope WRITE");
		assertThat(send("DELETE", admin, "/api/v1/tokens/ci-" + this.suffix, null).statusCode()).isEqualTo(204);
		assertThat(send("DELETE", admin, "/api/v1/tokens/ci-" + this.suffix, null).statusCode()).isEqualTo(404);
	}

	@Test
	void refusesTokenThatExpiresInThePast() throws Exception {
		HttpResponse<String> refused = post(bearer(TestTenant.token(Role.ADMIN)), "/api/v1/tokens",
				"{\"name\": \"old-%s\", \"roles\": [\"MARKETER\"], \"expiresAt\": \"%s\"}".formatted(this.suffix,
						Instant.EPOCH));
		assertThat(refused.statusCode()).isEqualTo(400);
		assertThat(refused.body()).contains("/expiresAt", "1970-01-01T00:00:00Z");
	}

	@Test
	void letsOnlyAdministratorsManageAccounts() throws Exception {
		for (Role role : Role.values()) {
			String caller = bearer(TestTenant.token(role));
			int expected = (role == Role.ADMIN) ? 200 : 403;
			for (String path : new String[] { "/api/v1/users", "/api/v1/tokens", "/api/v1/sources" }) {
				assertThat(send("GET", caller, path, null).statusCode()).as(role + " " + path).isEqualTo(expected);
			}
			assertThat(send("GET", caller, "/api/v1/tenants", null).statusCode()).as(role + " tenants")
				.isEqualTo((role == Role.PLATFORM_ADMIN) ? 200 : 403);
		}
	}

	@Test
	void neverTakesATokenForTheUserOfTheSameName() throws Exception {
		String admin = bearer(TestTenant.token(Role.ADMIN));
		String victim = TestTenant.user(Role.MARKETER);
		JsonNode created = read(
				post(admin, "/api/v1/tokens", "{\"name\": \"%s\", \"roles\": [\"REVIEWER\"]}".formatted(victim)));
		String token = bearer(created.path("token").asText());
		try {
			assertThat(send("GET", token, "/api/v1/users/%s/sessions".formatted(victim), null).statusCode())
				.as("sessions of the user")
				.isEqualTo(403);
			assertThat(send("DELETE", token, "/api/v1/users/%s/sessions".formatted(victim), null).statusCode())
				.isEqualTo(403);
			HttpResponse<String> changed = send("PUT", token, "/api/v1/users/me/password",
					"{\"currentPassword\": \"%s\", \"password\": \"%s\"}".formatted(TestTenant.PASSWORD, PASSWORD));
			assertThat(changed.statusCode()).as("password of the user").isBetween(400, 403);
		}
		finally {
			send("DELETE", admin, "/api/v1/tokens/" + victim, null);
		}
	}

	@Test
	void keepsOneActiveAdministrator() throws Exception {
		String tenant = "solo-" + this.suffix;
		String platform = bearer(TestTenant.token(Role.PLATFORM_ADMIN));
		post(platform, "/api/v1/tenants", "{\"id\": \"%s\"}".formatted(tenant));
		String name = "boss-" + this.suffix;
		JsonNode invited = read(post(platform, "/api/v1/users",
				"{\"tenant\": \"%s\", \"name\": \"%s\", \"roles\": [\"ADMIN\"]}".formatted(tenant, name)));
		choosePassword(invited.path("invitation").asText());
		String boss = basic(name, PASSWORD);
		assertThat(send("DELETE", boss, "/api/v1/users/" + name, null).statusCode()).isEqualTo(409);
		assertThat(
				send("PUT", boss, "/api/v1/users/%s/roles".formatted(name), "{\"roles\": [\"MARKETER\"]}").statusCode())
			.isEqualTo(409);
		assertThat(send("PUT", boss, "/api/v1/users/%s/roles".formatted(name),
				"{\"roles\": [\"ADMIN\", \"PLATFORM_ADMIN\"]}")
			.statusCode()).as("an administrator of a tenant does not become one of the platform").isEqualTo(403);
	}

	private void choosePassword(String path) throws Exception {
		HttpResponse<String> page = send("GET", null, path, null);
		assertThat(page.statusCode()).isEqualTo(200);
		String cookie = page.headers().firstValue("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
		String csrf = page.body().replaceAll("(?s).*name=\"_csrf\" value=\"([^\"]+)\".*", "$1");
		assertThat(form(path, cookie, csrf, "short").body()).contains("at least 12");
		assertThat(form(path, cookie, csrf, PASSWORD).headers().firstValue("Location").orElse(""))
			.endsWith("/login?invited");
		assertThat(send("GET", null, path, null).statusCode()).as("an invitation works once").isEqualTo(404);
	}

	private HttpResponse<String> form(String path, String cookie, String csrf, String password) throws Exception {
		String encoded = URLEncoder.encode(password, StandardCharsets.UTF_8);
		return this.client.send(HttpRequest.newBuilder(uri(path))
			.header("Cookie", cookie)
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers.ofString("password=%s&repeated=%s&_csrf=%s".formatted(encoded, encoded,
					URLEncoder.encode(csrf, StandardCharsets.UTF_8))))
			.build(), HttpResponse.BodyHandlers.ofString());
	}

	private int track(String writeKey) throws Exception {
		return post(basic(writeKey, ""), "/v1/track",
				"{\"userId\": \"u-%s\", \"event\": \"Signed Up\"}".formatted(this.suffix))
			.statusCode();
	}

	private JsonNode read(HttpResponse<String> response) throws Exception {
		assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
		return this.json.readTree(response.body());
	}

	private HttpResponse<String> post(String authorization, String path, String body) throws Exception {
		return send("POST", authorization, path, body);
	}

	private HttpResponse<String> send(String method, @Nullable String authorization, String path, @Nullable String body)
			throws Exception {
		HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
			.method(method,
					(body != null) ? HttpRequest.BodyPublishers.ofString(body) : HttpRequest.BodyPublishers.noBody())
			.header("Content-Type", "application/json");
		if (authorization != null) {
			request.header("Authorization", authorization);
		}
		return this.client.send(request.build(), HttpResponse.BodyHandlers.ofString());
	}

	private URI uri(String path) {
		return URI.create("http://127.0.0.1:%d%s".formatted(this.port, path));
	}

	private static String bearer(String token) {
		return "Bearer " + token;
	}

	private static String basic(String name, String password) {
		return "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
	}

}
