package io.waypost.feedback;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.consent.ConsentStatus;
import io.waypost.consent.Consents;
import io.waypost.consent.Suppressions;
import io.waypost.content.BrandKit;
import io.waypost.content.BrandKitRepository;
import io.waypost.content.EmailDraft;
import io.waypost.delivery.ContentClearance;
import io.waypost.delivery.JourneySends;
import io.waypost.delivery.Send;
import io.waypost.delivery.SendRequest;
import io.waypost.delivery.SendStatus;
import io.waypost.delivery.SendUpdate;
import io.waypost.identity.Identifier;
import io.waypost.identity.Profiles;
import io.waypost.ingestion.EventLog;
import io.waypost.kernel.EmailAddress;
import io.waypost.kernel.IdGenerator;
import io.waypost.kernel.JourneyRunId;
import io.waypost.kernel.ProfileId;
import io.waypost.testing.MutableClock;
import io.waypost.testing.TestTenant;
import io.waypost.testing.WaypostTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Queue, sandbox and webhooks over HTTP in the running application. */
@WaypostTest
class FeedbackIntegrationTests {

	private static final String BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";

	private static final HttpClient HTTP = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

	@LocalServerPort
	private int port;

	@Autowired
	private JourneySends sends;

	@Autowired
	private Consents consents;

	@Autowired
	private Suppressions suppressions;

	@Autowired
	private Profiles profiles;

	@Autowired
	private EventLog eventLog;

	@Autowired
	private BrandKitRepository brands;

	@Autowired
	private IdGenerator ids;

	@Autowired
	private MutableClock clock;

	private Optional<BrandKit> brandBefore = Optional.empty();

	/** The tenant is shared with other classes. */
	@AfterEach
	void restoreBrand() {
		this.brandBefore.ifPresent((kit) -> this.brands.approve(TestTenant.ID, "test", kit.version()));
	}

	@BeforeEach
	void brand() {
		this.brandBefore = this.brands.find(TestTenant.ID);
		BrandKit kit = new BrandKit(0, "Lantern & Co", "hello@shop.example", List.of("Street 1", "1000 Town"),
				"https://shop.example", "https://shop.example/logo.png", "#2457a6", Set.of("shop.example"), Set.of());
		this.brands.approve(TestTenant.ID, "test", this.brands.add(TestTenant.ID, "test", kit).version());
	}

	@Test
	void deliversThroughTheSandboxAndProcessesItsEvents() throws Exception {
		Send send = accepted("ada");
		await().atMost(Duration.ofSeconds(20)).until(() -> status(send) == SendStatus.DELIVERED);
		assertThat(events(send)).contains("Email Delivered");
		JsonNode explained = json(
				get("/api/v1/sends/" + send.id(), Map.of("Authorization", "Bearer " + TestTenant.TOKEN)));
		assertThat(explained.at("/explanation/attempts/0/outcome").asText()).isEqualTo("accepted");
		assertThat(explained.at("/explanation/events").size()).isGreaterThanOrEqualTo(2);
		assertThat(explained.at("/explanation/dispatch/permission/table").asText()).isEqualTo("consent");
		assertThat(explained.path("status").asText()).isEqualTo("delivered");
	}

	@Test
	void showsTheContentAsItWasSent() throws Exception {
		JsonNode content = content(accepted("cora"));
		assertThat(content.path("asSent").asBoolean()).isTrue();
		assertThat(content.path("from").asText()).isEqualTo("Lantern & Co <hello@shop.example>");
		assertThat(content.at("/headers/List-Unsubscribe-Post").asText()).isEqualTo("List-Unsubscribe=One-Click");
		assertThat(content.path("html").asText()).contains("/t/c/").contains("/t/o/").contains("/u/");
		assertThat(content.path("text").asText()).contains("/u/");
	}

	@Test
	void suppressesABouncedAddress() throws Exception {
		String address = "bounce+" + name("bo") + "@example.com";
		Send send = accepted(address, name("bo"));
		await().atMost(Duration.ofSeconds(20)).until(() -> status(send) == SendStatus.BOUNCED);
		assertThat(this.suppressions.find(TestTenant.ID, this.profiles.hash(TestTenant.ID, new EmailAddress(address))))
			.isPresent();
		assertThat(events(send)).contains("Email Bounced");
		assertThat(queue(send.profile())).satisfies(
				(next) -> await().atMost(Duration.ofSeconds(20)).until(() -> status(next) == SendStatus.WITHHELD));
	}

	@Test
	void resolvesALostAnswerByTheLateReport() throws Exception {
		Send send = queue(person("unknown+" + name("un") + "@example.com", name("un")));
		await().atMost(Duration.ofSeconds(20)).until(() -> status(send) == SendStatus.DELIVERED);
	}

	@Test
	void redirectsAClickOnlyToLinksOfTheMessage() throws Exception {
		Send send = accepted("dora");
		String path = path(content(send).path("html").asText(), "/t/c/");
		HttpResponse<String> answer = get(path, Map.of("User-Agent", BROWSER));
		assertThat(answer.statusCode()).isEqualTo(302);
		assertThat(answer.headers().firstValue("Location"))
			.hasValueSatisfying((location) -> assertThat(location).startsWith("https://shop.example/"));
		assertThat(answer.headers().firstValue("Referrer-Policy")).contains("no-referrer");
		assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
		assertThat(events(send)).contains("Email Link Clicked");
		assertThat(get(path + "x", Map.of()).statusCode()).isEqualTo(404);
		assertThat(get("/t/c/" + "a.b.c.d.e?url=https://evil.example", Map.of()).statusCode()).isEqualTo(404);
	}

	@Test
	void marksTheClickOfALinkScanner() throws Exception {
		Send send = accepted("emil");
		HttpRequest head = request(path(content(send).path("html").asText(), "/t/c/"), Map.of("User-Agent", BROWSER))
			.method("HEAD", HttpRequest.BodyPublishers.noBody())
			.build();
		assertThat(HTTP.send(head, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(302);
		assertThat(this.eventLog.of(TestTenant.ID, send.profile(), 50, null).items())
			.filteredOn((event) -> event.name().equals("Email Link Clicked"))
			.singleElement()
			.satisfies((event) -> assertThat(event.properties().path("machine").asBoolean()).isTrue());
	}

	@Test
	void measuresTheTimeToOpen() throws Exception {
		Send send = accepted("olga");
		await().atMost(Duration.ofSeconds(20)).until(() -> status(send) == SendStatus.DELIVERED);
		this.clock.advance(Duration.ofSeconds(90));
		get(path(content(send).path("html").asText(), "/t/o/"), Map.of("User-Agent", BROWSER));
		this.clock.reset();
		JsonNode features = json(get("/api/v1/profiles/" + name("olga") + "/features",
				Map.of("Authorization", "Bearer " + TestTenant.TOKEN)));
		assertThat(features.path("items"))
			.filteredOn((item) -> item.path("name").asText().equals("average_seconds_to_open"))
			.singleElement()
			.satisfies((item) -> assertThat(item.path("value").asDouble()).isBetween(89.0, 120.0));
	}

	@Test
	void answersThePixelForEveryToken() throws Exception {
		Send send = accepted("fred");
		HttpResponse<String> answer = get(path(content(send).path("html").asText(), "/t/o/"),
				Map.of("User-Agent", BROWSER));
		assertThat(answer.headers().firstValue("Content-Type")).contains("image/gif");
		assertThat(answer.headers().firstValue("Cache-Control"))
			.hasValueSatisfying((cache) -> assertThat(cache).contains("no-store"));
		assertThat(events(send)).contains("Email Opened");
		assertThat(get("/t/o/nonsense", Map.of()).statusCode()).isEqualTo(200);
	}

	@Test
	void unsubscribesAtOnceByOnePost() throws Exception {
		Send send = accepted("gina");
		String path = unsubscribe(send);
		assertThat(get(path, Map.of()).statusCode()).as("a GET, as of a link scanner").isEqualTo(200);
		assertThat(consent(send)).isEqualTo(ConsentStatus.GRANTED);
		HttpResponse<String> answer = post(path, "List-Unsubscribe=One-Click");
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
		assertThat(consent(send)).isEqualTo(ConsentStatus.REVOKED);
		assertThat(post(path, "List-Unsubscribe=One-Click").statusCode()).as("again").isEqualTo(200);
		assertThat(events(send)).containsOnlyOnce("Unsubscribed");
		assertThat(status(withheld(send.profile()))).isEqualTo(SendStatus.WITHHELD);
	}

	@Test
	void savesPreferencesWithoutScript() throws Exception {
		Send send = accepted("hugo");
		String path = unsubscribe(send);
		HttpResponse<String> page = get(path, Map.of());
		assertThat(page.body()).contains("name=\"granted\"").contains("Lantern &amp; Co").doesNotContain("<script");
		assertThat(post(path + "/preferences", "shown=marketing&shown=product-news&granted=product-news").statusCode())
			.isEqualTo(200);
		assertThat(consent(send)).isEqualTo(ConsentStatus.REVOKED);
		assertThat(events(send)).as("recorded like the unsubscribe button").containsOnlyOnce("Unsubscribed");
		assertThat(this.consents.of(TestTenant.ID, send.profile()))
			.filteredOn((consent) -> consent.topic().equals("product-news"))
			.singleElement()
			.satisfies((consent) -> {
				assertThat(consent.status()).isEqualTo(ConsentStatus.GRANTED);
				assertThat(consent.evidence().source()).isEqualTo("preference centre");
			});
	}

	@Test
	void refusesForgedUnknownAndOversizedWebhooks() throws Exception {
		assertThat(post("/webhooks/sandbox", "[]").statusCode()).isEqualTo(401);
		assertThat(post("/webhooks/unknown", "[]").statusCode()).isEqualTo(404);
		assertThat(post("/webhooks/sandbox", "x".repeat(2_100_000)).statusCode()).isEqualTo(413);
		assertThat(post("/u/nonsense", "").statusCode()).isEqualTo(404);
	}

	private Send accepted(String who) throws Exception {
		String name = name(who);
		return accepted(name + "@example.com", name);
	}

	private Send accepted(String address, String userId) throws Exception {
		Send send = queue(person(address, userId));
		await().atMost(Duration.ofSeconds(20))
			.until(() -> Set.of(SendStatus.ACCEPTED, SendStatus.DELIVERED, SendStatus.BOUNCED).contains(status(send)));
		return send;
	}

	private Send withheld(ProfileId profile) {
		Send send = queue(profile);
		await().atMost(Duration.ofSeconds(20)).until(() -> status(send) != SendStatus.QUEUED);
		return send;
	}

	private String name(String who) {
		return "feedback-" + who + "-" + Long.toString(System.identityHashCode(this), 36);
	}

	private ProfileId person(String address, String userId) throws Exception {
		String body = """
				{"userId":"%s","messageId":"%s","traits":{"email":"%s","firstName":"Ada","address":{"country":"DE"}},
				"context":{"consent":{"categoryPreferences":{"marketing":true}}}}
				""".formatted(userId, userId, address);
		HttpRequest identify = request("/v1/identify",
				Map.of("Authorization",
						"Basic " + Base64.getEncoder()
							.encodeToString((TestTenant.WRITE_KEY + ":").getBytes(StandardCharsets.UTF_8)),
						"Content-Type", "application/json"))
			.POST(HttpRequest.BodyPublishers.ofString(body))
			.build();
		assertThat(HTTP.send(identify, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(200);
		return this.profiles.find(TestTenant.ID, new Identifier(Identifier.Type.USER_ID, userId)).orElseThrow();
	}

	private Send queue(ProfileId profile) {
		SendRequest sendRequest = new SendRequest(profile, new JourneyRunId(this.ids.next()), "cart-abandonment",
				"reminder", "cart-abandonment", "marketing", Map.of("event", "Product Added"), Map.of());
		Send send = this.sends.plan(TestTenant.ID, List.of(sendRequest)).getFirst();
		EmailDraft draft = new EmailDraft("en", "Your lamp", "Still there", "It waits",
				List.of("Hello {{ first_name }}"),
				List.of(new EmailDraft.DraftItem("p1", "Lamp", "€10.00", 1, null, "https://shop.example/lamp")),
				new EmailDraft.CallToAction("Look", "https://shop.example/cart"), null);
		this.sends.save(TestTenant.ID,
				List.of(new SendUpdate(send.id(), SendStatus.QUEUED, null, null, "a", draft,
						Map.of("permission", Map.of("permission", "GRANTED"), ContentClearance.INSPECTION,
								ContentClearance.inspected(draft, this.brands.require(TestTenant.ID).visibleDigest(),
										"CONTINUE")))));
		return send;
	}

	private SendStatus status(Send send) {
		return this.sends.read(TestTenant.ID, List.of(send.id())).getFirst().send().status();
	}

	private ConsentStatus consent(Send send) {
		return this.consents.of(TestTenant.ID, send.profile())
			.stream()
			.filter((consent) -> consent.topic().equals("marketing"))
			.findFirst()
			.orElseThrow()
			.status();
	}

	private List<String> events(Send send) {
		List<String> names = new ArrayList<>();
		this.eventLog.of(TestTenant.ID, send.profile(), 50, null).items().forEach((event) -> names.add(event.name()));
		return names;
	}

	private JsonNode content(Send send) throws Exception {
		return json(
				get("/api/v1/sends/" + send.id() + "/content", Map.of("Authorization", "Bearer " + TestTenant.TOKEN)));
	}

	private String unsubscribe(Send send) throws Exception {
		return path(content(send).at("/headers/List-Unsubscribe").asText(), "/u/");
	}

	private static String path(String text, String prefix) {
		Matcher found = Pattern.compile(Pattern.quote(prefix) + "[A-Za-z0-9._-]+").matcher(text);
		assertThat(found.find()).as("a URL with %s", prefix).isTrue();
		return found.group();
	}

	private static JsonNode json(HttpResponse<String> answer) throws Exception {
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
		return new ObjectMapper().readTree(answer.body());
	}

	private HttpResponse<String> get(String path, Map<String, String> headers) throws Exception {
		return HTTP.send(request(path, headers).GET().build(), HttpResponse.BodyHandlers.ofString());
	}

	private HttpResponse<String> post(String path, String form) throws Exception {
		return HTTP.send(request(path, Map.of("Content-Type", "application/x-www-form-urlencoded"))
			.POST(HttpRequest.BodyPublishers.ofString(form))
			.build(), HttpResponse.BodyHandlers.ofString());
	}

	private HttpRequest.Builder request(String path, Map<String, String> headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + path));
		headers.forEach(request::header);
		return request;
	}

}
