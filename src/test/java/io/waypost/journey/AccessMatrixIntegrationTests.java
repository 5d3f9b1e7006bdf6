package io.waypost.journey;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import io.waypost.access.Caller;
import io.waypost.access.Role;
import io.waypost.access.User;
import io.waypost.access.user.AccountProvisioner;
import io.waypost.journey.engine.web.EngineEndpoints;
import io.waypost.kernel.TenantId;
import io.waypost.testing.TestTenant;
import io.waypost.testing.WaypostTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.context.ApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sends a request to each endpoint with an account of each role and one without roles, in
 * two tenants. The endpoints come from the mappings of Spring MVC and from the engine's
 * JAX-RS resources; the expected roles from {@code access/matrix.txt}. An endpoint
 * without a row, and a row without an endpoint, fail. With {@code -Dmatrix.write} the
 * observed answers are written to the file: review the difference.
 */
@WaypostTest
class AccessMatrixIntegrationTests {

	private static final Path FILE = Path.of("src/test/resources/access/matrix.txt");

	private static final String REST = "/engine-rest";

	/** Other addresses of the same REST API, which must answer the same. */
	private static final List<String> ALIASES = List.of("/engine-rest/engine/default",
			"/camunda/api/engine/engine/default");

	/** The REST API of the web applications is for the roles that work in them. */
	private static final Set<Role> WEBAPP_ROLES = EnumSet.of(Role.REVIEWER, Role.COMPLIANCE, Role.OPERATOR);

	private static final TenantId OTHER = new TenantId("matrix-other");

	/**
	 * Would rebuild the data that other tests read, or end the session of the account.
	 */
	private static final Map<String, String> NOT_EXECUTED = Map.of("POST /api/v1/segments/rebuild", "OPERATOR ADMIN",
			"POST /settings/sessions/end", "MARKETER MODELER REVIEWER COMPLIANCE OPERATOR ADMIN PLATFORM_ADMIN",
			"POST /camunda/api/admin/auth/user/{engineName}/logout",
			"MARKETER MODELER REVIEWER COMPLIANCE OPERATOR ADMIN");

	private static final int THREADS = 4;

	private final HttpClient client = HttpClient.newBuilder()
		.followRedirects(HttpClient.Redirect.NEVER)
		.executor(Runnable::run)
		.build();

	@Autowired
	private TestRestTemplate http;

	@Autowired
	private ApplicationContext waypost;

	@Autowired
	private AccountProvisioner accounts;

	@Autowired
	@Qualifier("requestMappingHandlerMapping")
	private RequestMappingHandlerMapping mappings;

	private List<MatrixAccount> own;

	private List<MatrixAccount> others;

	@BeforeEach
	void createAccounts() throws Exception {
		this.accounts.createTenant(OTHER);
		this.own = accounts(TestTenant.ID);
		this.others = accounts(OTHER);
	}

	@Test
	void answersEachRoleAsTheMatrixSays() throws Exception {
		Set<String> endpoints = endpoints();
		if (System.getProperty("matrix.write") != null) {
			write(endpoints);
		}
		Map<String, Set<Role>> expected = read();
		assertThat(expected.keySet()).as("rows of " + FILE).containsExactlyInAnyOrderElementsOf(endpoints);
		List<Callable<String>> cells = new ArrayList<>();
		expected.forEach((endpoint, roles) -> this.own
			.forEach((account) -> cells.add(() -> compare(endpoint, account, roles.contains(account.role())))));
		long start = System.nanoTime();
		List<String> escapes = run(cells);
		System.out.printf("Access matrix: %,d endpoints, %,d cells, %d escapes, %,d s%n", endpoints.size(),
				cells.size(), escapes.size(), (System.nanoTime() - start) / 1_000_000_000);
		assertThat(cells.size()).isGreaterThan(2_000);
		assertThat(escapes).isEmpty();
	}

	@Test
	void answersTheSameAtOtherAddressesOfTheRestApi() throws Exception {
		List<Callable<String>> cells = new ArrayList<>();
		read().forEach((endpoint, roles) -> {
			if (endpoint.contains(" " + REST + "/")) {
				ALIASES.forEach((alias) -> this.own.forEach((account) -> {
					boolean allowed = roles.contains(account.role())
							&& (alias.startsWith(REST) || WEBAPP_ROLES.contains(account.role()));
					cells.add(() -> compare(endpoint.replace(REST, alias), account, allowed));
				}));
			}
		});
		List<String> escapes = run(cells);
		System.out.printf("Access matrix, other addresses of the REST API: %,d cells, %d escapes%n", cells.size(),
				escapes.size());
		assertThat(escapes).isEmpty();
		assertThat(send("GET", "/engine-rest/engine/other/task", this.own.get(Role.ADMIN.ordinal())).statusCode())
			.isEqualTo(403);
	}

	@Test
	void showsNothingOfAnotherTenant() throws Exception {
		MatrixData data = MatrixData.create(this.waypost, this.http);
		List<Callable<String>> cells = new ArrayList<>();
		for (String endpoint : read().keySet()) {
			String[] parts = endpoint.split(" ", 2);
			if (!NOT_EXECUTED.containsKey(endpoint) && !parts[1].startsWith("/api/v1/tenants")
					&& !parts[1].startsWith("/camunda/app") && !parts[1].startsWith("/actuator")
					&& !isPublic(endpoint)) {
				String path = data.fill(parts[1]);
				this.others.forEach((account) -> cells.add(() -> foreign(parts[0], parts[1], path, account, data)));
			}
		}
		List<String> escapes = run(cells);
		System.out.printf("Access matrix, ids of another tenant: %,d cells, %d escapes%n", cells.size(),
				escapes.size());
		assertThat(escapes).isEmpty();
	}

	private String compare(String endpoint, MatrixAccount account, boolean allowed) throws Exception {
		if (isPublic(endpoint) || (allowed && NOT_EXECUTED.containsKey(endpoint))) {
			return "";
		}
		String[] parts = endpoint.split(" ", 2);
		HttpResponse<String> response = send(parts[0], MatrixData.dummies(parts[1]), account);
		boolean refused = isRefused(response);
		if (refused == allowed) {
			return "%s as %s: %d, expected %s".formatted(endpoint, account.name(), response.statusCode(),
					allowed ? "access" : "refusal");
		}
		return (response.statusCode() >= 500 && !parts[1].contains("/engine"))
				? "%s as %s: %d %s".formatted(endpoint, account.name(), response.statusCode(), response.body()) : "";
	}

	/** With the ids of another tenant nothing is found; shared models are found. */
	private String foreign(String method, String pattern, String path, MatrixAccount account, MatrixData data)
			throws Exception {
		HttpResponse<String> response = send(method, path, account);
		boolean success = response.statusCode() < 400 && !isRefused(response);
		boolean empty = Set.of("", "[]", "{\"items\":[],\"nextCursor\":null}").contains(response.body());
		boolean found = success && !empty && pattern.contains("{") && !MatrixData.isShared(pattern);
		boolean shown = success && data.isShown(response.body());
		return (found || shown) ? "%s %s as %s of another tenant: %d %s".formatted(method, path, account.name(),
				response.statusCode(), response.body().substring(0, Math.min(300, response.body().length()))) : "";
	}

	/**
	 * Whether the request was refused by its role. The engine's own permissions answer
	 * differently.
	 */
	private static boolean isRefused(HttpResponse<String> response) {
		boolean login = response.statusCode() == 302
				&& response.headers().firstValue("Location").filter((target) -> target.contains("/login")).isPresent();
		boolean engine = response.statusCode() == 403 && (response.body().contains("Exception\"")
				|| response.body().contains("over HTTP") || response.body().contains("set only by process steps"));
		return login || response.statusCode() == 401 || (response.statusCode() == 403 && !engine);
	}

	private List<String> run(List<Callable<String>> cells) throws Exception {
		List<String> escapes = new ArrayList<>();
		try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
			for (Future<String> cell : threads.invokeAll(cells)) {
				if (!cell.get().isEmpty()) {
					escapes.add(cell.get());
				}
			}
		}
		return escapes;
	}

	private HttpResponse<String> send(String method, String path, MatrixAccount account) throws Exception {
		boolean page = Stream.of("/api/", "/engine-rest", "/v3/", "/actuator/").noneMatch(path::startsWith);
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.http.getRootUri() + path));
		boolean body = Set.of("POST", "PUT").contains(method);
		if (page && !path.startsWith("/camunda/")) {
			request.header("Cookie", account.cookie()).header("Accept", "text/html");
			String form = "_csrf=" + URLEncoder.encode(account.csrf(), StandardCharsets.UTF_8) + "&event={}";
			return answer(request.header("Content-Type", MediaType.APPLICATION_FORM_URLENCODED_VALUE)
				.method(method,
						body ? HttpRequest.BodyPublishers.ofString(form) : HttpRequest.BodyPublishers.noBody()));
		}
		request = page
				? request.header("Cookie", account.cookie() + "; XSRF-TOKEN=" + account.engineCsrf())
					.header("X-XSRF-TOKEN", account.engineCsrf())
				: request.header("Authorization", "Bearer " + account.token());
		boolean csv = path.endsWith("/profiles/import");
		return answer(request.header("Content-Type", csv ? "text/csv" : MediaType.APPLICATION_JSON_VALUE)
			.method(method, body ? HttpRequest.BodyPublishers.ofString(csv ? "" : MatrixData.body(path))
					: HttpRequest.BodyPublishers.noBody()));
	}

	private HttpResponse<String> answer(HttpRequest.Builder request) throws Exception {
		return this.client.send(request.build(), HttpResponse.BodyHandlers.ofString());
	}

	private Set<String> endpoints() {
		Set<String> endpoints = new TreeSet<>();
		for (RequestMappingInfo info : this.mappings.getHandlerMethods().keySet()) {
			Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
			for (String path : info.getPatternValues()) {
				Collection<RequestMethod> all = methods.isEmpty() ? List.of(RequestMethod.GET) : methods;
				all.forEach((method) -> endpoints.add(method + " " + path.replaceAll("\\{(\\w+):[^}]*}", "{$1}")));
			}
		}
		EngineEndpoints.all()
			.stream()
			.filter((endpoint) -> !endpoint.contains(" /engine-rest/engine/{name}")
					&& !endpoint.contains(" /camunda/api/engine/engine/{name}"))
			.forEach(endpoints::add);
		endpoints.addAll(List.of("GET /actuator/prometheus", "GET /camunda/app/tasklist/default/",
				"GET /camunda/app/cockpit/default/", "GET /camunda/app/admin/default/", "GET /swagger-ui/index.html"));
		return endpoints;
	}

	private static boolean isPublic(String endpoint) {
		return Stream.of(" /v1/", " /t/", " /u/", " /webhooks/", " /login", " /invitation/", " /error", " /assets/")
			.anyMatch(endpoint::contains);
	}

	/** The roles of each row; public endpoints have none. */
	private static Map<String, Set<Role>> read() throws Exception {
		Map<String, Set<Role>> rows = new TreeMap<>();
		for (String line : Files.readAllLines(FILE)) {
			if (!line.isBlank() && !line.startsWith("#")) {
				String[] columns = line.split(": ", 2);
				Set<Role> roles = EnumSet.noneOf(Role.class);
				if (!Set.of("PUBLIC", "CLOSED").contains(columns[1])) {
					Stream.of(columns[1].split(" ")).map(Role::valueOf).forEach(roles::add);
				}
				assertThat(rows.put(columns[0], roles)).as("second row of " + columns[0]).isNull();
			}
		}
		return rows;
	}

	private void write(Set<String> endpoints) throws Exception {
		List<String> lines = new ArrayList<>(List.of("# Which roles may call each endpoint. CLOSED: no role.",
				"# PUBLIC: without sign-in; the controller checks a key or a signature.",
				"# Checked by AccessMatrixIntegrationTests; -Dmatrix.write writes the observed answers."));
		for (String endpoint : endpoints) {
			String[] parts = endpoint.split(" ", 2);
			List<String> roles = new ArrayList<>();
			for (MatrixAccount account : this.own) {
				if (!isPublic(endpoint) && !NOT_EXECUTED.containsKey(endpoint)
						&& !isRefused(send(parts[0], MatrixData.dummies(parts[1]), account))) {
					roles.add(account.name());
				}
			}
			lines.add(endpoint + ": " + (isPublic(endpoint) ? "PUBLIC" : NOT_EXECUTED.containsKey(endpoint)
					? NOT_EXECUTED.get(endpoint) : roles.isEmpty() ? "CLOSED" : String.join(" ", roles)));
		}
		Files.createDirectories(FILE.getParent());
		Files.write(FILE, lines);
	}

	/** An account of each role, in their order, and one without roles. */
	private List<MatrixAccount> accounts(TenantId tenant) throws Exception {
		List<MatrixAccount> all = new ArrayList<>();
		for (Role role : Role.values()) {
			all.add(account(tenant, role.name(), role, EnumSet.of(role)));
		}
		all.add(account(tenant, "no role", null, Set.of()));
		return all;
	}

	private MatrixAccount account(TenantId tenant, String name, Role role, Set<Role> roles) throws Exception {
		String id = "matrix-%s-%s".formatted(tenant.value(), name.replaceAll("\\W", "-").toLowerCase(Locale.ROOT));
		this.accounts.createUser(new User(tenant, id, roles), TestTenant.PASSWORD);
		this.accounts.createApiToken(new Caller(tenant, id, roles), id, "token-" + id);
		HttpResponse<String> page = answer(HttpRequest.newBuilder(URI.create(this.http.getRootUri() + "/login")));
		HttpResponse<String> signedIn = answer(HttpRequest.newBuilder(URI.create(this.http.getRootUri() + "/login"))
			.header("Cookie", cookie(page))
			.header("Content-Type", MediaType.APPLICATION_FORM_URLENCODED_VALUE)
			.POST(HttpRequest.BodyPublishers
				.ofString("username=%s&password=%s&_csrf=%s".formatted(id, TestTenant.PASSWORD, csrf(page)))));
		String cookie = cookie(signedIn);
		HttpResponse<String> again = answer(
				HttpRequest.newBuilder(URI.create(this.http.getRootUri() + "/login")).header("Cookie", cookie));
		return new MatrixAccount(name, role, "token-" + id, cookie, csrf(again), engineCsrf(cookie, roles));
	}

	/** The web applications send a token of their own with their first page. */
	private String engineCsrf(String cookie, Set<Role> roles) throws Exception {
		StringBuilder answers = new StringBuilder();
		for (String app : List.of("tasklist", "cockpit")) {
			HttpResponse<String> page = answer(
					HttpRequest.newBuilder(URI.create(this.http.getRootUri() + "/camunda/app/" + app + "/default/"))
						.header("Cookie", cookie));
			answers.append(app).append(": ").append(page.statusCode()).append(page.headers().map()).append('\n');
			for (String set : page.headers().allValues("Set-Cookie")) {
				if (set.startsWith("XSRF-TOKEN=")) {
					return set.substring("XSRF-TOKEN=".length()).split(";", 2)[0];
				}
			}
		}
		assertThat(roles).as(answers.toString()).doesNotContainAnyElementsOf(WEBAPP_ROLES);
		return "";
	}

	private static String cookie(HttpResponse<String> response) {
		return response.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
	}

	private static String csrf(HttpResponse<String> page) {
		return page.body().replaceAll("(?s).*name=\"_csrf\" value=\"([^\"]+)\".*", "$1");
	}

	private record MatrixAccount(String name, Role role, String token, String cookie, String csrf, String engineCsrf) {

	}

}
