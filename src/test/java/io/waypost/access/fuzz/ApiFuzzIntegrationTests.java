package io.waypost.access.fuzz;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.waypost.access.Caller;
import io.waypost.access.Role;
import io.waypost.access.Source;
import io.waypost.access.User;
import io.waypost.access.user.AccountProvisioner;
import io.waypost.kernel.TenantId;
import io.waypost.testing.PublicApi;
import io.waypost.testing.PublicShop;
import io.waypost.testing.TestTenant;
import io.waypost.testing.WaypostTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sends random requests to every operation of the OpenAPI document, every page, the links
 * of e-mails and the webhooks, as a caller of every role, in a tenant of its own. No
 * response may be 5xx, and each error of the management API must be a problem detail. The
 * seed is printed: {@code -Dfuzz.seed} repeats a run, {@code -Dfuzz.seconds} sets its
 * length, {@code -Dfuzz.only} limits it to endpoints that contain a text.
 */
@WaypostTest
class ApiFuzzIntegrationTests {

	private static final TenantId TENANT = new TenantId("fuzz");

	/** A tenant without any data. */
	private static final TenantId EMPTY = new TenantId("fuzz-empty");

	private static final String WRITE_KEY = "keep-fuzz-write-key";

	private static final int THREADS = 4;

	private static final int SHOWN_PER_ENDPOINT = 3;

	private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

	private final HttpClient http = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.followRedirects(HttpClient.Redirect.NEVER)
		.build();

	private final KnownIds ids = new KnownIds();

	private final Map<Integer, LongAdder> statuses = new ConcurrentHashMap<>();

	private final Map<String, List<String>> failures = new ConcurrentHashMap<>();

	@LocalServerPort
	private int port;

	@Autowired
	private AccountProvisioner accounts;

	@Autowired
	@Qualifier("requestMappingHandlerMapping")
	private RequestMappingHandlerMapping mappings;

	private List<Map<String, String>> callers;

	private List<Map<String, String>> people;

	@BeforeEach
	void createTenant() throws Exception {
		this.accounts.createTenant(TENANT);
		this.accounts.createSource(new Source(TENANT, "keep-source"), WRITE_KEY);
		Set<Role> all = EnumSet.complementOf(EnumSet.of(Role.PLATFORM_ADMIN));
		this.accounts.createTenant(EMPTY);
		this.callers = new ArrayList<>(List.of(token(TENANT, "all", all), token(EMPTY, "empty", all)));
		this.people = new ArrayList<>(List.of(session(TENANT, "all", all), session(EMPTY, "empty", all)));
		for (Role role : Role.values()) {
			String name = role.name().toLowerCase(Locale.ROOT);
			this.callers.add(token(TENANT, name, EnumSet.of(role)));
			if (role != Role.PLATFORM_ADMIN) {
				this.people.add(session(TENANT, name, EnumSet.of(role)));
			}
		}
	}

	@Test
	void answersRandomRequestsWithoutServerErrors() throws Exception {
		long seed = Long.getLong("fuzz.seed", 12);
		long seconds = Long.getLong("fuzz.seconds", 60);
		JsonNode document = PublicApi.on(this.port).read("/v3/api-docs");
		List<FuzzTarget> targets = targets(document);
		fillTenant();
		long start = System.nanoTime();
		long end = start + TimeUnit.SECONDS.toNanos(seconds);
		run(document, targets, seed, end);
		long sent = this.statuses.values().stream().mapToLong(LongAdder::sum).sum();
		System.out.printf("API fuzzer: seed %d, %d endpoints, %,d requests in %d s, statuses %s%n", seed,
				targets.size(), sent, TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start),
				new TreeMap<>(this.statuses));
		this.failures.forEach((name, examples) -> examples
			.forEach((example) -> System.out.println("API fuzzer: " + name + ": " + example)));
		assertThat(this.failures).as("responses that must not occur, seed %d", seed).isEmpty();
	}

	private List<FuzzTarget> targets(JsonNode document) {
		List<FuzzTarget> targets = new ArrayList<>(FuzzTarget.documented(document));
		targets.addAll(FuzzTarget.undocumented(this.mappings));
		String only = System.getProperty("fuzz.only", "");
		return targets.stream().filter((target) -> target.name().contains(only)).toList();
	}

	private void run(JsonNode document, List<FuzzTarget> targets, long seed, long end) throws Exception {
		List<Future<?>> runs = new ArrayList<>();
		try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
			for (int thread = 0; thread < THREADS; thread++) {
				Random random = new Random(seed * THREADS + thread);
				runs.add(threads.submit(() -> sendUntil(document, targets, random, end)));
			}
		}
		for (Future<?> run : runs) {
			run.get();
		}
	}

	private void sendUntil(JsonNode document, List<FuzzTarget> targets, Random random, long end) {
		RandomRequests requests = new RandomRequests(document, random, this.ids);
		while (System.nanoTime() < end) {
			FuzzTarget target = targets.get(random.nextInt(targets.size()));
			send(requests.next(target, credentials(target, random)));
		}
	}

	private Map<String, String> credentials(FuzzTarget target, Random random) {
		if (target.isOpen()) {
			return Map.of();
		}
		if (target.isEventApi()) {
			return Map.of("Authorization", PublicApi.basic(WRITE_KEY));
		}
		List<Map<String, String>> choice = target.isPage() ? this.people : this.callers;
		return choice.get((random.nextInt(3) > 0) ? 0 : random.nextInt(choice.size()));
	}

	private void send(FuzzRequest request) {
		try {
			HttpResponse<String> response = this.http.send(request.on("http://127.0.0.1:" + this.port),
					HttpResponse.BodyHandlers.ofString());
			this.statuses.computeIfAbsent(response.statusCode(), (any) -> new LongAdder()).increment();
			check(request, response);
			learn(response);
		}
		catch (Exception ex) {
			fail(request, "no response: " + ex);
		}
	}

	private void check(FuzzRequest request, HttpResponse<String> response) {
		int status = response.statusCode();
		String type = response.headers().firstValue("Content-Type").orElse("none");
		if (status >= 500) {
			fail(request, status + " " + response.body());
		}
		else if (status >= 400 && request.target().isManagementApi() && !type.startsWith("application/problem+json")) {
			fail(request, "%d with content type %s: %s".formatted(status, type, response.body()));
		}
	}

	private void fail(FuzzRequest request, String reason) {
		List<String> examples = this.failures.computeIfAbsent(request.target().name(), (any) -> new ArrayList<>());
		synchronized (examples) {
			if (examples.size() < SHOWN_PER_ENDPOINT) {
				examples.add(request + " → " + reason.substring(0, Math.min(400, reason.length())));
			}
		}
	}

	private void learn(HttpResponse<String> response) {
		if (response.statusCode() >= 300) {
			return;
		}
		this.ids.learnLinks(response.body());
		if (response.headers().firstValue("Content-Type").orElse("").startsWith("application/json")) {
			try {
				this.ids.learn(PublicApi.JSON.readTree(response.body()));
			}
			catch (JsonProcessingException ex) {
				throw new AssertionError("No JSON: " + response.body(), ex);
			}
		}
	}

	/** Content and people, so that requests find something. */
	private void fillTenant() {
		PublicApi api = PublicApi.on(this.port).as("keep-token-all");
		PublicShop shop = PublicShop.open(api);
		this.ids.add("template", shop.approvedTemplate());
		this.ids.add("topic", "marketing");
		for (int number = 0; number < 30; number++) {
			String user = "fuzz-" + number;
			this.ids.add("userId", user);
			api.event("identify", """
					{"userId":"%1$s","traits":{"email":"%1$s@example.com","firstName":"Ada","timezone":"%2$s"},
					"context":{"consent":{"categoryPreferences":{"marketing":true}}}}""".formatted(user,
					PublicShop.noon()), "Authorization", PublicApi.basic(WRITE_KEY))
				.expect(200);
			if (number < 10) {
				this.ids.add("sendId", shop.trigger(user, shop.approvedTemplate()));
			}
		}
	}

	private Map<String, String> token(TenantId tenant, String name, Set<Role> roles) {
		this.accounts.createApiToken(Caller.ofToken(tenant, KnownIds.KEPT + name, roles), KnownIds.KEPT + name,
				KnownIds.KEPT + "token-" + name);
		return Map.of("Authorization", "Bearer " + KnownIds.KEPT + "token-" + name);
	}

	private Map<String, String> session(TenantId tenant, String name, Set<Role> roles) throws Exception {
		String user = KnownIds.KEPT + "fuzz-" + name;
		this.accounts.createUser(new User(tenant, user, roles), TestTenant.PASSWORD);
		HttpResponse<String> page = this.http.send(login().GET().build(), HttpResponse.BodyHandlers.ofString());
		Matcher csrf = CSRF.matcher(page.body());
		assertThat(csrf.find()).isTrue();
		HttpResponse<String> signedIn = this.http.send(login().header("Cookie", cookie(page))
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers.ofString(
					"username=%s&password=%s&_csrf=%s".formatted(user, TestTenant.PASSWORD, csrf.group(1)),
					StandardCharsets.UTF_8))
			.build(), HttpResponse.BodyHandlers.ofString());
		return Map.of("Cookie", cookie(signedIn));
	}

	private HttpRequest.Builder login() {
		return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + "/login"));
	}

	private static String cookie(HttpResponse<String> response) {
		return response.headers().firstValue("Set-Cookie").orElseThrow().split(";", -1)[0];
	}

}
