package io.waypost.access.idempotency;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.oas.annotations.Operation;
import io.waypost.access.Caller;
import io.waypost.access.IdempotencyKey;
import io.waypost.access.NothingStored;
import io.waypost.access.Role;
import io.waypost.access.User;
import io.waypost.access.user.AccountProvisioner;
import io.waypost.kernel.Fingerprint;
import io.waypost.kernel.TenantId;
import io.waypost.testing.PublicApi;
import io.waypost.testing.TestTenant;
import io.waypost.testing.WaypostTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.MethodParameter;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code Idempotency-Key} over HTTP. */
@WaypostTest
class IdempotencyIntegrationTests {

	private static final String TEMPLATES = "/api/v1/templates";

	private static final String SOURCES = "/api/v1/sources";

	private static final TenantId OTHER = new TenantId("idempotency-other");

	private final HttpClient client = HttpClient.newHttpClient();

	private final String key = UUID.randomUUID().toString();

	private final String name = "keyed-" + this.key.substring(0, 8);

	private final String template = "{\"key\":\"%s\",\"topic\":\"marketing\",\"locale\":\"en\"}".formatted(this.name);

	@LocalServerPort
	private int port;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private AccountProvisioner accounts;

	@Autowired
	@Qualifier("requestMappingHandlerMapping")
	private RequestMappingHandlerMapping mappings;

	@BeforeEach
	void createOtherTenant() {
		this.accounts.createTenant(OTHER);
		this.accounts.createApiToken(Caller.ofToken(OTHER, TestTenant.TOKEN, Set.of(Role.MARKETER)),
				"idempotency-owner", "idempotency-token");
	}

	@Test
	void answersARepeatedRequestWithTheFirstResponse() throws IOException {
		HttpResponse<String> first = post(TEMPLATES, this.template, this.key);
		HttpResponse<String> second = post(TEMPLATES, this.template, this.key);
		assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
		assertThat(first.headers().firstValue(IdempotencyInterceptor.REPLAYED)).isEmpty();
		assertThat(second.statusCode()).isEqualTo(201);
		assertThat(second.body()).isEqualTo(first.body());
		assertThat(second.headers().firstValue("Content-Type")).isEqualTo(first.headers().firstValue("Content-Type"));
		assertThat(second.headers().firstValue(IdempotencyInterceptor.REPLAYED)).contains("true");
		assertThat(versions()).isEqualTo(1);
		assertThat(post(TEMPLATES, this.template, this.key + "2").statusCode()).isEqualTo(201);
		assertThat(versions()).isEqualTo(2);
	}

	@Test
	void refusesTheKeyWithAnotherBodyOrQuery() throws IOException {
		post(TEMPLATES, this.template, this.key);
		HttpResponse<String> other = post(TEMPLATES, this.template.replace("\"en\"", "\"de\""), this.key);
		assertThat(other.statusCode()).isEqualTo(422);
		assertThat(other.headers().firstValue("Content-Type")).contains("application/problem+json");
		assertThat(json(other).path("detail").asText()).contains(this.key, "another body");
		assertThat(post(TEMPLATES + "?x=1", this.template, this.key).statusCode()).isEqualTo(422);
		assertThat(versions()).isEqualTo(1);
	}

	@Test
	void keepsTheResponsesOfADeletedTokenFromANewOneWithItsName() throws IOException {
		String token = "{\"name\":\"%s\",\"roles\":[\"MARKETER\"]}".formatted(this.name);
		String deleted = json(post("/api/v1/tokens", token, this.key + "-1")).path("token").asText();
		assertThat(post(TEMPLATES, this.template, this.key, deleted).statusCode()).isEqualTo(201);
		assertThat(send("DELETE", "/api/v1/tokens/" + this.name, "", TestTenant.TOKEN).statusCode()).isEqualTo(204);
		String successor = json(post("/api/v1/tokens", token, this.key + "-2")).path("token").asText();
		HttpResponse<String> answer = post(TEMPLATES, this.template, this.key, successor);
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
		assertThat(answer.headers().firstValue(IdempotencyInterceptor.REPLAYED)).isEmpty();
		assertThat(versions()).isEqualTo(2);
	}

	@Test
	void keepsTheResponsesOfADeletedUserFromANewOneWithItsName() throws IOException {
		String body = "{\"name\":\"%s\",\"roles\":[\"MARKETER\"]}".formatted(this.name);
		User user = new User(TestTenant.ID, this.name, Set.of(Role.ADMIN));
		this.accounts.createUser(user, TestTenant.PASSWORD);
		HttpResponse<String> first = postAsUser("/api/v1/tokens", body);
		assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
		assertThat(postAsUser("/api/v1/tokens", body).body()).isEqualTo(first.body());
		assertThat(send("DELETE", "/api/v1/users/" + this.name, "", TestTenant.TOKEN).statusCode()).isEqualTo(204);
		this.accounts.createUser(user, TestTenant.PASSWORD);
		HttpResponse<String> second = postAsUser("/api/v1/tokens", body);
		assertThat(second.headers().firstValue(IdempotencyInterceptor.REPLAYED)).isEmpty();
		assertThat(second.body()).doesNotContain(json(first).path("token").asText());
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/v1/%74emplates", "/api/v1/t%65mplates", "/%61pi/v1/templates" })
	void knowsOtherSpellingsOfThePath(String spelling) {
		HttpResponse<String> first = post(TEMPLATES, this.template, this.key);
		HttpResponse<String> second = post(spelling, this.template, this.key);
		assertThat(second.statusCode()).as(second.body()).isEqualTo(201);
		assertThat(second.body()).isEqualTo(first.body());
		assertThat(versions()).isEqualTo(1);
	}

	@Test
	void knowsOtherSpellingsOfVariablesAndQuery() {
		String path = TEMPLATES + "/" + this.name + "/versions/1/approve";
		post(TEMPLATES, this.template, this.key + "-1");
		post(TEMPLATES, this.template.replace(this.name, this.name + "-2"), this.key + "-2");
		assertThat(post(path + "?a=1&b=x%20y", "", this.key).statusCode()).isEqualTo(200);
		HttpResponse<String> again = post(path.replace("keyed", "%6Beyed") + "?b=x+y&a=%31", "", this.key);
		assertThat(again.statusCode()).as(again.body()).isEqualTo(200);
		assertThat(again.headers().firstValue(IdempotencyInterceptor.REPLAYED)).isPresent();
		HttpResponse<String> other = post(path.replace(this.name, this.name + "-2") + "?a=1&b=x%20y", "", this.key);
		assertThat(other.headers().firstValue(IdempotencyInterceptor.REPLAYED)).isEmpty();
	}

	@Test
	void hasOneEffectOfConcurrentRequests() {
		List<HttpResponse<String>> responses = IntStream.range(0, 8)
			.mapToObj((number) -> CompletableFuture.supplyAsync(() -> post(TEMPLATES, this.template, this.key)))
			.toList()
			.stream()
			.map(CompletableFuture::join)
			.toList();
		assertThat(responses).extracting(HttpResponse::statusCode).contains(201).containsAnyOf(201, 409);
		assertThat(responses).filteredOn((response) -> response.statusCode() != 201)
			.allSatisfy((response) -> assertThat(response.statusCode()).isEqualTo(409))
			.allSatisfy((response) -> assertThat(response.headers().firstValue("Retry-After")).isPresent());
		assertThat(versions()).isEqualTo(1);
	}

	@Test
	void keepsCallersTenantsAndPathsApart() {
		String body = "{\"key\":\"%s\",\"topic\":\"marketing\",\"locale\":\"en\"}".formatted(this.name);
		assertThat(post(TEMPLATES, body, this.key).statusCode()).isEqualTo(201);
		assertThat(post(TEMPLATES, body, this.key, TestTenant.token(Role.MARKETER)).headers()
			.firstValue(IdempotencyInterceptor.REPLAYED)).isEmpty();
		assertThat(versions()).isEqualTo(2);
		HttpResponse<String> foreign = post(TEMPLATES, body, this.key, "idempotency-token");
		assertThat(foreign.statusCode()).as(foreign.body()).isEqualTo(201);
		assertThat(foreign.headers().firstValue(IdempotencyInterceptor.REPLAYED)).isEmpty();
		assertThat(versions()).isEqualTo(2);
		assertThat(post(SOURCES, "{\"name\":\"%s\"}".formatted(this.name), this.key).statusCode()).isEqualTo(201);
	}

	@Test
	void repeatsASecretThatIsStoredEncrypted() throws IOException {
		String body = "{\"name\":\"%s\"}".formatted(this.name);
		String secret = json(post(SOURCES, body, this.key)).path("writeKey").asText();
		assertThat(secret).isNotBlank();
		assertThat(json(post(SOURCES, body, this.key)).path("writeKey").asText()).isEqualTo(secret);
		assertThat(post(SOURCES, body, this.key + "2").statusCode()).isEqualTo(409);
		List<String> rows = this.jdbc
			.sql("SELECT r::text || encode(coalesce(answer, ''), 'escape') FROM access.idempotent_request r")
			.query(String.class)
			.list();
		assertThat(rows).isNotEmpty().noneMatch((row) -> row.contains(secret) || row.contains(this.key));
	}

	@Test
	void keepsTheKeyFreeAfterARefusal() {
		assertThat(post(SOURCES, "{\"nam\":\"x\"}", this.key).statusCode()).isEqualTo(400);
		assertThat(post(SOURCES, "{\"name\":\"%s\"}".formatted(this.name), this.key, TestTenant.token(Role.MARKETER))
			.statusCode()).isEqualTo(403);
		assertThat(post(SOURCES, "{\"name\":\"%s\"}".formatted(this.name), this.key).statusCode()).isEqualTo(201);
	}

	@Test
	void repeatsNothingForACallerWhoLostTheRight() {
		String token = "/api/v1/tokens/" + this.name;
		String marketer = createToken("MARKETER");
		assertThat(post(TEMPLATES, this.template, this.key, marketer).statusCode()).isEqualTo(201);
		send("DELETE", token, "", TestTenant.TOKEN);
		HttpResponse<String> refused = post(TEMPLATES, this.template, this.key, createToken("COMPLIANCE"));
		assertThat(refused.statusCode()).isEqualTo(403);
	}

	@ParameterizedTest
	@ValueSource(strings = { " ", "a b", "201" })
	void refusesAnInvalidKey(String invalid) throws IOException {
		HttpResponse<String> response = post(TEMPLATES, this.template,
				invalid.equals("201") ? "k".repeat(201) : invalid);
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(json(response).at("/errors/0/pointer").asText()).isEqualTo(IdempotencyKey.HEADER);
		assertThat(post(TEMPLATES, this.template, "k".repeat(200 - 36) + this.key).statusCode()).isEqualTo(201);
	}

	@Test
	void boundsTheBody() {
		String body = "\"" + "x".repeat(BufferedBodyRequest.MAX_BODY) + "\"";
		HttpResponse<String> response = post("/api/v1/catalog/imports", body, this.key);
		assertThat(response.statusCode()).isEqualTo(413);
		assertThat(response.body()).contains("without the key");
		assertThat(post(TEMPLATES, this.template, this.key).statusCode()).isEqualTo(201);
	}

	/** The mappings decide, so that a new operation is covered too. */
	@Test
	void coversEveryPostOfTheManagementApi() throws IOException {
		Set<String> covered = new TreeSet<>();
		for (RequestMappingInfo info : this.mappings.getHandlerMethods().keySet()) {
			if (info.getMethodsCondition().getMethods().contains(RequestMethod.POST)) {
				for (String pattern : info.getPatternValues()) {
					if (pattern.startsWith("/api/")) {
						requireCovered(pattern, info);
						covered.add(pattern);
					}
				}
			}
		}
		assertThat(covered).hasSizeGreaterThan(35).contains("/api/v1/campaigns/trigger", "/api/v1/tokens");
	}

	@Test
	void storesNoResponseOfAnOperationThatStoresNothing() {
		String body = "{\"text\":\"Write to ada-%s@example.com\"}".formatted(this.name);
		HttpResponse<String> first = post("/api/v1/redactions", body, this.key);
		HttpResponse<String> second = post("/api/v1/redactions", body, this.key);
		assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
		assertThat(second.body()).isEqualTo(first.body());
		assertThat(second.headers().firstValue(IdempotencyInterceptor.REPLAYED)).isEmpty();
		assertThat(post("/api/v1/redactions", body.replace("ada", "eve"), this.key).statusCode()).isEqualTo(422);
		KeyedRequest request = KeyedRequest.of(TestTenant.ID,
				"token:test-token " + Fingerprint.ofText(TestTenant.TOKEN).hex(), "POST /api/v1/redactions {}",
				this.key, "", body.getBytes(StandardCharsets.UTF_8));
		assertThat(this.jdbc.sql("SELECT answer IS NULL FROM access.idempotent_request WHERE hash = ?")
			.param(request.hash().bytes())
			.query(Boolean.class)
			.single()).isTrue();
	}

	@Test
	void marksEveryOperationThatSaysSo() {
		List<String> unmarked = new ArrayList<>();
		this.mappings.getHandlerMethods().forEach((info, method) -> {
			Operation described = method.getMethodAnnotation(Operation.class);
			if (described != null && described.description().contains("Nothing is stored")
					&& info.getMethodsCondition().getMethods().contains(RequestMethod.POST)
					&& !method.hasMethodAnnotation(NothingStored.class)) {
				unmarked.add(info.toString());
			}
		});
		assertThat(unmarked).isEmpty();
	}

	/** Only answers that are complete when the controller returns are stored. */
	@Test
	void streamsNoAnswerOfAPost() {
		List<String> streaming = new ArrayList<>();
		this.mappings.getHandlerMethods().forEach((info, method) -> {
			if (info.getMethodsCondition().getMethods().contains(RequestMethod.POST)
					&& info.getPatternValues().stream().anyMatch((pattern) -> pattern.startsWith("/api/"))
					&& isAsynchronous(method)) {
				streaming.add(info.toString());
			}
		});
		assertThat(streaming).isEmpty();
	}

	private static boolean isAsynchronous(HandlerMethod method) {
		MethodParameter type = method.getReturnType();
		return List
			.of(StreamingResponseBody.class, ResponseBodyEmitter.class, DeferredResult.class, Callable.class,
					CompletionStage.class)
			.stream()
			.anyMatch((streaming) -> streaming.isAssignableFrom(type.getParameterType())
					|| type.getGenericParameterType().getTypeName().contains(streaming.getSimpleName()));
	}

	private void requireCovered(String pattern, RequestMappingInfo info) throws IOException {
		String path = pattern.replaceAll("\\{[^}]+}", "1");
		String type = info.getConsumesCondition()
			.getConsumableMediaTypes()
			.stream()
			.findFirst()
			.map(MediaType::toString)
			.orElse("application/json");
		HttpResponse<String> response = send(request(path, TestTenant.TOKEN).header("Content-Type", type)
			.header(IdempotencyKey.HEADER, "k".repeat(201))
			.POST(HttpRequest.BodyPublishers.ofString("{}"))
			.build());
		assertThat(response.statusCode()).as("%s: %s", pattern, response.body()).isEqualTo(400);
		assertThat(json(response).at("/errors/0/pointer").asText()).as(pattern).isEqualTo(IdempotencyKey.HEADER);
	}

	private String createToken(String role) {
		try {
			return json(post("/api/v1/tokens", "{\"name\":\"%s\",\"roles\":[\"%s\"]}".formatted(this.name, role),
					this.key + role))
				.path("token")
				.asText();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private int versions() {
		return this.jdbc.sql("SELECT count(*) FROM content.template WHERE tenant_id = ? AND key = ?")
			.params(TestTenant.ID.value(), this.name)
			.query(Integer.class)
			.single();
	}

	private HttpResponse<String> postAsUser(String path, String body) {
		return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + path))
			.header("Authorization", PublicApi.basic(this.name, TestTenant.PASSWORD))
			.header("Content-Type", "application/json")
			.header(IdempotencyKey.HEADER, this.key)
			.POST(HttpRequest.BodyPublishers.ofString(body))
			.build());
	}

	private HttpResponse<String> post(String path, String body, String idempotencyKey) {
		return post(path, body, idempotencyKey, TestTenant.TOKEN);
	}

	private HttpResponse<String> post(String path, String body, String idempotencyKey, String token) {
		return send(request(path, token).header("Content-Type", "application/json")
			.header(IdempotencyKey.HEADER, idempotencyKey)
			.POST(HttpRequest.BodyPublishers.ofString(body))
			.build());
	}

	private HttpResponse<String> send(String method, String path, String body, String token) {
		return send(request(path, token).method(method, HttpRequest.BodyPublishers.ofString(body)).build());
	}

	private HttpRequest.Builder request(String path, String token) {
		return HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(this.port, path)))
			.timeout(Duration.ofSeconds(20))
			.header("Authorization", "Bearer " + token);
	}

	private HttpResponse<String> send(HttpRequest request) {
		try {
			return this.client.send(request, HttpResponse.BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private static JsonNode json(HttpResponse<String> response) throws IOException {
		return PublicApi.JSON.readTree(response.body());
	}

}
