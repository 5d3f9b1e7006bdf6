package io.waypost.access.signin;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.waypost.access.Role;
import io.waypost.testing.TestTenant;
import io.waypost.testing.WaypostTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;

/** The security filter chains over HTTP. */
@WaypostTest
class SecurityIntegrationTests {

	/** Paths that need no authentication, as api.md lists them. */
	private static final List<String> PUBLIC = List.of("/v1/", "/t/o/", "/t/c/", "/u/", "/webhooks/", "/login",
			"/invitation/", "/invitation/", "/actuator/health", "/error");

	private final HttpClient client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

	@LocalServerPort
	private int port;

	@Autowired
	@Qualifier("requestMappingHandlerMapping")
	private RequestMappingHandlerMapping mappings;

	@Autowired
	private JdbcClient jdbc;

	@Test
	void refusesUnauthenticatedRequestsOnEveryRoute() throws Exception {
		Set<String> unprotected = new TreeSet<>();
		for (String route : routes()) {
			String[] parts = route.split(" ", 2);
			if (PUBLIC.stream().noneMatch(parts[1]::startsWith) && !isRefused(send(parts[0], parts[1]))) {
				unprotected.add(route);
			}
		}
		assertThat(unprotected).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/engine-rest/engine", "/engine-rest/version", "/engine-rest/task",
			"/engine-rest/openapi.json", "/camunda/", "/camunda/app/tasklist/default/", "/camunda/app/admin/default/",
			"/camunda/api/engine/engine/default/task", "/camunda/api/admin/auth/user/default", "/actuator/env",
			"/actuator/prometheus", "/v3/api-docs", "/swagger-ui/index.html", "/no/such/page", "/" })
	void refusesUnauthenticatedRequests(String path) throws Exception {
		assertThat(isRefused(send("GET", path))).as(path).isTrue();
	}

	@Test
	void deniesEngineSetup() throws Exception {
		String path = "/camunda/api/admin/setup/default/user/create";
		String body = """
				{"profile": {"id": "intruder", "firstName": "I", "lastName": "N", "email": "i@example.org"},
				 "credentials": {"password": "intruder-1234"}}
				""";
		String administrator = signIn(TestTenant.user(Role.ADMIN));
		for (HttpRequest.Builder request : List.of(request(path), request(path).header("Cookie", administrator))) {
			HttpResponse<String> response = post(request.header("Content-Type", "application/json"), body);
			assertThat(response.statusCode()).isIn(401, 403);
		}
		assertThat(this.jdbc.sql("SELECT count(*) FROM act_id_user WHERE id_ = 'intruder'").query(Long.class).single())
			.isZero();
	}

	@Test
	void returnsProblemDetails() throws Exception {
		HttpResponse<String> response = send("GET", "/api/v1/ledger/verify");
		assertThat(response.statusCode()).isEqualTo(401);
		assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
		assertThat(response.headers().firstValue("WWW-Authenticate")).get().asString().startsWith("Bearer");
		assertThat(response.body()).contains("Bearer");
	}

	@Test
	void returnsProblemDetailsForUnknownPath() throws Exception {
		HttpResponse<String> response = this.client.send(
				bearer("/api/v1/nothing", TestTenant.token(Role.OPERATOR)).GET().build(),
				HttpResponse.BodyHandlers.ofString());
		assertThat(response.statusCode()).isEqualTo(404);
		assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
		assertThat(response.body()).contains("GET /api/v1/nothing", "/v3/api-docs");
	}

	@Test
	void refusesUnknownToken() throws Exception {
		assertThat(get(bearer("/api/v1/ledger/verify", "no-such-token"))).isEqualTo(401);
		assertThat(get(bearer("/engine-rest/engine", "no-such-token"))).isEqualTo(401);
	}

	@ParameterizedTest
	@EnumSource(Role.class)
	void allowsMetricsToOperators(Role role) throws Exception {
		int expected = (role == Role.OPERATOR || role == Role.ADMIN) ? 200 : 403;
		assertThat(get(bearer("/actuator/prometheus", TestTenant.token(role)))).isEqualTo(expected);
	}

	@Test
	void allowsNothingButMetricsToTheScraper() throws Exception {
		assertThat(get(bearer("/actuator/prometheus", TestTenant.METRICS_TOKEN))).isEqualTo(200);
		for (String route : routes()) {
			String[] parts = route.split(" ", 2);
			if (PUBLIC.stream().noneMatch(parts[1]::startsWith)) {
				HttpRequest.Builder request = bearer(parts[1].replaceAll("[{}]", ""), TestTenant.METRICS_TOKEN)
					.method(parts[0], HttpRequest.BodyPublishers.noBody());
				assertThat(isRefused(this.client.send(request.build(), HttpResponse.BodyHandlers.ofString()))).as(route)
					.isTrue();
			}
		}
	}

	@ParameterizedTest
	@EnumSource(Role.class)
	void allowsDeploymentsToModelers(Role role) throws Exception {
		HttpRequest.Builder request = bearer("/engine-rest/deployment/create", TestTenant.token(role));
		HttpResponse<String> response = post(request.header("Content-Type", "multipart/form-data; boundary=x"),
				"--x--\r\n");
		if (role == Role.MODELER || role == Role.ADMIN || role == Role.PLATFORM_ADMIN) {
			assertThat(response.statusCode()).isNotIn(401, 403);
		}
		else {
			assertThat(response.statusCode()).isEqualTo(403);
		}
	}

	@ParameterizedTest
	@EnumSource(value = Role.class, names = { "COMPLIANCE", "REVIEWER", "MODELER" })
	void refusesWritesOfReadOnlyRoles(Role role) throws Exception {
		HttpResponse<String> response = post(bearer("/api/v1/suppressions", TestTenant.token(role)), "{}");
		assertThat(response.statusCode()).isEqualTo(403);
		assertThat(response.body()).contains("may not change suppressions", "MARKETER or ADMIN",
				"/api/v1/suppressions");
	}

	@Test
	void authenticatesByNameAndPassword() throws Exception {
		String credentials = TestTenant.user(Role.OPERATOR) + ":" + TestTenant.PASSWORD;
		HttpRequest.Builder metrics = request("/actuator/prometheus");
		assertThat(get(metrics.setHeader("Authorization", basic(credentials)))).isEqualTo(200);
		assertThat(get(metrics.setHeader("Authorization", basic(credentials + "x")))).isEqualTo(401);
	}

	@Test
	void throttlesFailedSignIns() throws Exception {
		for (int attempt = 0; attempt < 10; attempt++) {
			assertThat(get(request("/api/v1/x").header("Authorization", basic("guessed:" + attempt)))).isEqualTo(401);
		}
		assertThat(get(request("/api/v1/x").header("Authorization", basic("guessed:again")))).isEqualTo(429);
	}

	@Test
	void refusesCrossSiteRequests() throws Exception {
		String session = signIn(TestTenant.user(Role.ADMIN));
		assertThat(get(request("/v3/api-docs").header("Cookie", session))).as("reading").isEqualTo(200);
		HttpResponse<String> forged = post(request("/api/v1/suppressions").header("Cookie", session), "{}");
		assertThat(forged.statusCode()).isEqualTo(403);
		assertThat(forged.body()).contains("CSRF");
	}

	@Test
	void sendsSecurityHeadersWithPages() throws Exception {
		HttpResponse<String> page = send("GET", "/login");
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.headers().firstValue("Content-Security-Policy")).get()
			.asString()
			.contains("default-src 'none'", "script-src 'self';", "frame-ancestors 'self'");
		assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
		assertThat(page.headers().firstValue("Referrer-Policy")).contains("same-origin");
	}

	private String signIn(String name) throws Exception {
		HttpResponse<String> page = send("GET", "/login");
		String token = page.body().replaceAll("(?s).*name=\"_csrf\" value=\"([^\"]+)\".*", "$1");
		HttpRequest.Builder form = request("/login").header("Cookie", cookie(page))
			.header("Content-Type", "application/x-www-form-urlencoded");
		HttpResponse<String> response = post(form,
				"username=%s&password=%s&_csrf=%s".formatted(name, TestTenant.PASSWORD, token));
		assertThat(response.statusCode()).isEqualTo(302);
		assertThat(response.headers().firstValue("Location")).get().asString().doesNotContain("error");
		return cookie(response);
	}

	private static String cookie(HttpResponse<String> response) {
		return response.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
	}

	private static Stream<String> routesOf(RequestMappingInfo info) {
		Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
		Set<RequestMethod> requested = methods.isEmpty() ? Set.of(RequestMethod.GET) : methods;
		return info.getPatternValues()
			.stream()
			.flatMap((path) -> requested.stream().map((method) -> method + " " + path));
	}

	private Set<String> routes() {
		Set<String> routes = new TreeSet<>();
		for (RequestMappingInfo info : this.mappings.getHandlerMethods().keySet()) {
			routesOf(info).map((route) -> route.replaceAll("\\{[^}]+}", "x").replace("**", "x")).forEach(routes::add);
		}
		assertThat(routes).isNotEmpty();
		return routes;
	}

	private static boolean isRefused(HttpResponse<String> response) {
		boolean redirected = response.statusCode() == 302
				&& response.headers().firstValue("Location").filter((target) -> target.endsWith("/login")).isPresent();
		return redirected || response.statusCode() == 401 || response.statusCode() == 403;
	}

	private HttpResponse<String> send(String method, String path) throws Exception {
		return this.client.send(request(path).method(method, HttpRequest.BodyPublishers.noBody()).build(),
				HttpResponse.BodyHandlers.ofString());
	}

	private HttpResponse<String> post(HttpRequest.Builder request, String body) throws Exception {
		HttpRequest.BodyPublisher content = HttpRequest.BodyPublishers.ofString(body);
		return this.client.send(request.POST(content).build(), HttpResponse.BodyHandlers.ofString());
	}

	private int get(HttpRequest.Builder request) throws Exception {
		return this.client.send(request.GET().build(), HttpResponse.BodyHandlers.discarding()).statusCode();
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + path));
	}

	private HttpRequest.Builder bearer(String path, String token) {
		return request(path).header("Authorization", "Bearer " + token);
	}

	private static String basic(String credentials) {
		return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
	}

}
