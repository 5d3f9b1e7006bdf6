package io.waypost.agent.preview;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.access.Role;
import io.waypost.agent.RunningShopFixture;
import io.waypost.delivery.RecentSends;
import io.waypost.delivery.SendFilter;
import io.waypost.delivery.SendLog;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.SendId;
import io.waypost.kernel.TenantId;
import io.waypost.ledger.Ledger;
import io.waypost.ledger.LedgerEntry;
import io.waypost.testing.TestTenant;
import io.waypost.testing.WaypostTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Previews, test sends and approval of template versions. */
@WaypostTest
class TemplatePreviewIntegrationTests {

	private static final TenantId TENANT = TestTenant.ID;

	private final HttpClient http = HttpClient.newHttpClient();

	private final ObjectMapper json = new ObjectMapper();

	private final String user = "trial-" + UUID.randomUUID();

	private final String key = "welcome-" + UUID.randomUUID();

	private RunningShopFixture shop;

	@LocalServerPort
	private int port;

	@Autowired
	private SendLog log;

	@Autowired
	private RecentSends recent;

	@Autowired
	private Ledger ledger;

	@BeforeEach
	void setUp(@Autowired ApplicationContext waypost) {
		this.shop = RunningShopFixture.in(waypost);
	}

	@AfterEach
	void tearDown() {
		this.shop.close();
	}

	@Test
	void showsVersionsAndTheirDifferences() {
		add("Hello from {{ shop }}");
		add("Welcome to {{ shop }}");
		assertThat(post("templates/" + this.key + "/versions/1/approve", "{}").status()).isEqualTo(200);
		JsonNode history = get("templates/" + this.key).body();
		assertThat(history.at("/live/en").asInt()).isEqualTo(1);
		assertThat(history.at("/versions/0/template/version").asInt()).isEqualTo(2);
		assertThat(history.at("/versions/0/approvedBy").isNull()).isTrue();
		assertThat(history.at("/versions/1/approvedBy").asText()).isEqualTo("token:test-token");
		assertThat(history.at("/versions/1/createdBy").asText()).isEqualTo("token:test-token");
		JsonNode diff = get("templates/" + this.key + "/diff?from=1&to=2").body();
		assertThat(diff.at("/fields").findValuesAsText("name")).containsExactly("topic", "locale", "subject");
		assertThat(diff.at("/fields/0/changed").asBoolean()).isFalse();
		assertThat(diff.at("/fields/2/passages").toString()).isEqualTo("""
				[{"change":"REMOVED","text":"Hello from "},{"change":"ADDED","text":"Welcome to "},\
				{"change":"SAME","text":"{{ shop }}"}]""");
		assertThat(get("templates/" + this.key + "/diff?from=1&to=9").status()).isEqualTo(404);
		assertThat(get("templates/no-such-" + this.key).status()).isEqualTo(404);
	}

	@Test
	void reportsViolationsOfTheBrandKitAndRefusesApproval() {
		Answer added = add("A bargain at https://evil.example/sale");
		assertThat(added.status()).isEqualTo(201);
		assertThat(added.body().path("version").asInt()).isEqualTo(1);
		assertThat(added.body().path("findings").findValuesAsText("code")).containsExactly("link_host",
				"word_forbidden");
		Answer refused = post("templates/" + this.key + "/versions/1/approve", "{}");
		assertThat(refused.status()).isEqualTo(409);
		assertThat(refused.body().path("detail").asText()).contains("Version 1", "cannot be approved", "link hosts");
		assertThat(refused.body().at("/errors/0/pointer").asText()).isEqualTo("/subject");
		assertThat(get("templates/" + this.key).body().path("live")).isEmpty();
	}

	@Test
	void previewsWithoutStoringAnything() {
		ProfileId person = person(true);
		add("{{ first_name }}, welcome to {{ shop }}");
		Answer preview = preview(1);
		assertThat(preview.status()).as(preview.body().toString()).isEqualTo(200);
		assertThat(preview.body().path("subject").asText()).isEqualTo("Testperson, welcome to Hearth & Field");
		assertThat(preview.body().path("html").asText()).contains("Hearth &amp; Field");
		assertThat(preview.body().at("/inbox/sender").asText()).isEqualTo("Hearth & Field");
		assertThat(preview.body().at("/inbox/subject").asText()).isEqualTo("Testperson, welcome to Hearth & Field");
		assertThat(preview.body().at("/inbox/excerpt").asText()).isNotBlank();
		assertThat(preview.body().path("text").asText()).contains("12 Mill Lane");
		assertThat(preview.body().at("/scores/quality").isNumber()).isTrue();
		assertThat(preview.body().at("/findings/worst").isTextual()).isTrue();
		assertThat(preview.body().at("/permission/permission").asText()).isEqualTo("GRANTED");
		assertThat(preview.body().at("/throttling/decision").asText()).isEqualTo("SEND");
		assertThat(preview.body().path("outcome").asText()).isEqualTo("FLAGGED");
		assertThat(preview.body().path("reason").asText()).isEqualTo("template_not_approved");
		assertThat(preview(1).body().path("text")).as("the same again").isEqualTo(preview.body().path("text"));
		assertThat(this.log.list(TENANT, new SendFilter(person, null, null, null), 10, null).items()).isEmpty();
		assertThat(post("templates/" + this.key + "/versions/1/approve", "{}").status()).isEqualTo(200);
		assertThat(preview(1).body().path("outcome").asText()).isEqualTo("QUEUED");
	}

	@Test
	void previewsAnOldVersionAlthoughAnotherIsLive() {
		person(true);
		add("The first one");
		add("The second one");
		assertThat(post("templates/" + this.key + "/versions/2/approve", "{}").status()).isEqualTo(200);
		assertThat(preview(1).body().path("subject").asText()).isEqualTo("The first one");
		assertThat(preview(2).body().path("subject").asText()).isEqualTo("The second one");
	}

	@Test
	void showsContentAndReasonWhenTheProfileMayNotReceiveIt() {
		person(false);
		add("Welcome");
		Answer preview = preview(1);
		assertThat(preview.body().path("outcome").asText()).isEqualTo("WITHHELD");
		assertThat(preview.body().path("reason").asText()).isEqualTo("no_consent");
		assertThat(preview.body().path("subject").asText()).isEqualTo("Welcome");
		this.shop.clock().set(Instant.parse("2026-11-23T02:00:00Z"));
		assertThat(preview(1).body().at("/throttling/decision").asText()).isEqualTo("DEFER");
		assertThat(post("templates/" + this.key + "/versions/1/preview", "{\"userId\":\"nobody-at-all\"}").status())
			.isEqualTo(404);
		assertThat(post("templates/" + this.key + "/versions/1/preview", "{}").status()).isEqualTo(400);
	}

	@Test
	void sendsAMarkedTestThatCountsTowardsNoCap() {
		ProfileId person = person(true);
		add("Welcome to {{ shop }}");
		Answer answer = post("templates/" + this.key + "/versions/1/test", "{\"userId\":\"%s\"}".formatted(this.user));
		assertThat(answer.status()).as(answer.body().toString()).isEqualTo(202);
		String send = answer.body().path("sendId").asText();
		await().until(
				() -> List.of("accepted", "delivered").contains(get("sends/" + send).body().path("status").asText()));
		JsonNode content = get("sends/" + send + "/content").body();
		assertThat(content.path("subject").asText()).isEqualTo("[Test] Welcome to Hearth & Field");
		assertThat(content.at("/headers/X-Waypost-Test").asText()).isEqualTo("true");
		assertThat(content.path("html").asText()).doesNotContain("/t/o/", "/t/c/").contains("/u/");
		assertThat(get("sends/" + send).body().toString()).contains("\"by\":\"token:test-token\"");
		assertThat(this.recent.count(TENANT, List.of(person), this.shop.clock().instant())).isEmpty();
		assertThat(this.ledger.findBySubject(TENANT, "template:" + this.key)).extracting(LedgerEntry::kind)
			.contains("template.tested");
		assertThat(this.ledger.findBySubject(TENANT, "send:" + SendId.of(send))).extracting(LedgerEntry::kind)
			.contains("send.queued", "send.accepted");
	}

	@Test
	void sendsTestsToTestAddressesWithTheDataOfAProfile() {
		person(false);
		add("Welcome to {{ shop }}");
		Answer answer = post("templates/" + this.key + "/versions/1/test",
				"{\"userId\":\"%s\",\"to\":\"QA@hearth.example\"}".formatted(this.user));
		assertThat(answer.status()).as(answer.body().toString()).isEqualTo(202);
		String send = answer.body().path("sendId").asText();
		await().until(
				() -> List.of("accepted", "delivered").contains(get("sends/" + send).body().path("status").asText()));
		assertThat(get("sends/" + send + "/content").body().path("to").asText()).isEqualTo("qa@hearth.example");
	}

	@Test
	void sendsNoTestToOtherRecipients() {
		person(false);
		add("Welcome");
		String path = "templates/" + this.key + "/versions/1/test";
		Answer withheld = post(path, "{\"userId\":\"%s\"}".formatted(this.user));
		assertThat(withheld.status()).isEqualTo(409);
		assertThat(withheld.body().path("detail").asText()).contains("no_consent");
		Answer stranger = post(path, "{\"to\":\"somebody@elsewhere.example\"}");
		assertThat(stranger.status()).isEqualTo(400);
		assertThat(stranger.body().path("detail").asText()).contains("waypost.content.test-addresses")
			.doesNotContain("elsewhere");
		assertThat(post(path, "{}").status()).isEqualTo(400);
		assertThat(send("POST", path, "{\"userId\":\"x\"}", TestTenant.token(Role.OPERATOR)).status()).isEqualTo(403);
	}

	@Test
	void sendsNoTestOfContentThatTheGuardrailStops() {
		person(true);
		add("Hi");
		post("templates", """
				{"key":"%s","topic":"marketing","locale":"en","subject":"Hi","body":"Go to https://evil.example/x"}"""
			.formatted(this.key));
		JsonNode preview = preview(2).body();
		assertThat(preview.toString()).contains("link_host");
		Answer answer = post("templates/" + this.key + "/versions/2/test", "{\"userId\":\"%s\"}".formatted(this.user));
		assertThat(answer.status()).as(answer.body().toString()).isEqualTo(409);
	}

	/** A test must not be a way around the review. */
	@Test
	void sendsSevereContentToTestAddressesOnly() {
		person(true);
		add("Hi");
		post("templates", """
				{"key":"%s","topic":"marketing","locale":"en","subject":"Act now","body":"Call +49 151 12345678."}"""
			.formatted(this.key));
		String path = "templates/" + this.key + "/versions/2/test";
		assertThat(preview(2).body().at("/findings/worst").asText()).as(preview(2).body().toString())
			.isEqualTo("severe");
		Answer refused = post(path, "{\"userId\":\"%s\"}".formatted(this.user));
		assertThat(refused.status()).isEqualTo(409);
		assertThat(refused.body().path("detail").asText()).contains("severe", "waypost.content.test-addresses");
		assertThat(post(path, "{\"to\":\"qa@hearth.example\"}").status()).isEqualTo(202);
	}

	private Answer preview(int version) {
		return post("templates/" + this.key + "/versions/" + version + "/preview",
				"{\"userId\":\"%s\"}".formatted(this.user));
	}

	private Answer add(String subject) {
		return post("templates", "{\"key\":\"%s\",\"topic\":\"marketing\",\"locale\":\"en\",\"subject\":\"%s\"}"
			.formatted(this.key, subject));
	}

	private ProfileId person(boolean consents) {
		return this.shop.person(this.user, "en-GB", consents);
	}

	private Answer get(String path) {
		return exchange(
				HttpRequest.newBuilder(uri(path)).header("Authorization", "Bearer " + TestTenant.TOKEN).build());
	}

	private Answer post(String path, String body) {
		return send("POST", path, body, TestTenant.TOKEN);
	}

	private Answer send(String method, String path, String body, String token) {
		return exchange(HttpRequest.newBuilder(uri(path))
			.header("Authorization", "Bearer " + token)
			.header("Content-Type", "application/json")
			.method(method, HttpRequest.BodyPublishers.ofString(body))
			.build());
	}

	private Answer exchange(HttpRequest request) {
		try {
			HttpResponse<String> answer = this.http.send(request, HttpResponse.BodyHandlers.ofString());
			return new Answer(answer.statusCode(), this.json.readTree(answer.body()));
		}
		catch (IOException | InterruptedException failed) {
			throw new IllegalStateException(failed);
		}
	}

	private URI uri(String path) {
		return URI.create("http://127.0.0.1:" + this.port + "/api/v1/" + path);
	}

	private record Answer(int status, JsonNode body) {

	}

}
