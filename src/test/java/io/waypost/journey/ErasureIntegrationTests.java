package io.waypost.journey;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import java.util.zip.InflaterInputStream;

import com.fasterxml.jackson.databind.JsonNode;
import io.waypost.access.Role;
import io.waypost.consent.Suppression;
import io.waypost.consent.SuppressionReason;
import io.waypost.consent.Suppressions;
import io.waypost.delivery.CampaignSend;
import io.waypost.delivery.CampaignSendBatch;
import io.waypost.delivery.CampaignSends;
import io.waypost.delivery.SendLog;
import io.waypost.delivery.SendStatus;
import io.waypost.delivery.tracking.SendEvent;
import io.waypost.delivery.tracking.SendEventRepository;
import io.waypost.identity.AddressHash;
import io.waypost.identity.Profiles;
import io.waypost.kernel.CampaignId;
import io.waypost.kernel.EmailAddress;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.SendId;
import io.waypost.ledger.Ledger;
import io.waypost.ledger.LedgerEntry;
import io.waypost.testing.Browser;
import io.waypost.testing.ClearText;
import io.waypost.testing.TestTenant;
import io.waypost.testing.WaypostTest;
import org.awaitility.Awaitility;
import org.camunda.bpm.engine.ProcessEngine;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** Export and erasure of a person's data in the running product. */
@WaypostTest
class ErasureIntegrationTests {

	private final String id = Long.toString(Math.abs(UUID.randomUUID().getMostSignificantBits()), 36);

	/** Identifiers and names that occur in no other test. */
	private final String user = "erasable-" + this.id;

	private final String earlier = "earlier-" + this.id;

	private final String email = "mail-" + this.id + "@example.com";

	private final String firstName = "Zdenka" + this.id;

	private final String lastName = "Quux" + this.id;

	private final List<String> personalData = List.of(this.user, this.earlier, this.email, this.firstName,
			this.lastName);

	@Autowired
	private TestRestTemplate http;

	@Autowired
	private ProcessEngine engine;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private Ledger ledger;

	@Autowired
	private Suppressions suppressions;

	@Autowired
	private Profiles profiles;

	@Autowired
	private SendEventRepository sendEvents;

	private Shop shop;

	@BeforeEach
	void openShop(@Autowired ApplicationContext waypost) {
		this.shop = Shop.in(waypost, this.http);
	}

	@Test
	void erasesPersonalDataFromAllTables() {
		live();
		assertThat(new ClearText(this.jdbc).find(this.personalData))
			.as("before: ids that sources put into their properties")
			.contains("ingestion.event.properties", "journey.run.key", "journey.review.reason");
		String profile = profile();
		JsonNode receipt = erase(this.user).getBody();
		assertThat(new ClearText(this.jdbc).find(this.personalData)).isEmpty();
		assertThat(new ClearText(this.jdbc).find(List.of(profile))).as("what is kept under the surrogate")
			.containsExactlyInAnyOrder("consent.consent_event.profile_id", "delivery.send.profile_id",
					"identity.erasure.profile_id", "journey.run.profile_id", "ledger.entry.subject");
		assertThat(receipt.path("counts").path("events").asInt()).isGreaterThan(3);
		assertThat(receipt.path("counts").path("deadLetters").asInt()).isEqualTo(1);
		assertThat(receipt.path("counts").path("reviews").asInt()).isEqualTo(1);
		assertThat(receipt.path("counts").path("runsCancelled").asInt()).isEqualTo(2);
	}

	@Test
	void cancelsRunningJourneysAndQueuedSends() {
		live();
		String profile = profile();
		List<String> instances = this.jdbc
			.sql("select process_instance_id from journey.run where profile_id = ?::uuid and status = 'running'")
			.param(profile)
			.query(String.class)
			.list();
		assertThat(instances).hasSize(2);
		erase(this.user);
		for (String instance : instances) {
			assertThat(this.engine.getRuntimeService().createProcessInstanceQuery().processInstanceId(instance).count())
				.isZero();
			assertThat(this.engine.getHistoryService()
				.createHistoricProcessInstanceQuery()
				.processInstanceId(instance)
				.singleResult()
				.getDeleteReason()).isEqualTo("The person was erased");
		}
		assertThat(rows("select outcome from journey.run where profile_id = ?::uuid", profile)).contains("Erased")
			.doesNotContain("Cancelled");
		assertThat(rows("select status || ' ' || reason from delivery.send where profile_id = ?::uuid", profile))
			.contains("withheld erased");
		String send = rows("select id::text from delivery.send where profile_id = ?::uuid and reason = 'erased'",
				profile)
			.getFirst();
		assertThat(this.ledger.findBySubject(TestTenant.ID, "send:" + send)).extracting(LedgerEntry::kind)
			.containsOnlyOnce("send.withheld");
		assertThat(this.shop.explained(send).path("status").asText()).isEqualTo("withheld");
		Browser browser = Browser.signIn(this.http.getRootUri(), TestTenant.user(Role.MARKETER));
		assertThat(browser.get("/messages/" + send).statusCode()).isEqualTo(200);
	}

	@Test
	void acceptsLateReportsForAMessageAtItsProvider() {
		identify(this.user);
		String send = trigger("welcome");
		this.shop.awaitSend(this.user, "DELIVERED");
		this.jdbc
			.sql("""
					update delivery.send set status = 'submitting', lease_until = now() + interval '1 hour' where id = ?::uuid
					""")
			.param(send)
			.update();
		erase(this.user);
		assertThat(rows("select status || ' ' || reason from delivery.send where id = ?::uuid", send))
			.containsExactly("resolved_by_policy erased");
		this.sendEvents.record(
				List.of(new SendEvent(SendId.of(send), SendEvent.Type.DELIVERED, Instant.now(), null, false, null)));
		assertThat(rows("select status from delivery.send where id = ?::uuid", send)).containsExactly("delivered");
	}

	@Test
	void removesOneRecipientFromASharedExplanation(@Autowired CampaignSends campaigns, @Autowired SendLog log) {
		identify(this.user);
		ProfileId profile = new ProfileId(UUID.fromString(profile()));
		ProfileId other = new ProfileId(UUID.randomUUID());
		Map<String, Object> explanation = Map.of("permission", Map.of("table", "consent"), "features",
				List.of("stage"));
		Map<ProfileId, SendId> sends = campaigns.add(TestTenant.ID,
				new CampaignSendBatch(new CampaignId(UUID.randomUUID()), "spring", "marketing",
						Map.of("goal", "spring")),
				Stream.of(profile, other)
					.map((person) -> new CampaignSend(person, null, "a", SendStatus.WITHHELD, "no_window", null, null,
							explanation))
					.toList());
		erase(this.user);
		assertThat(log.find(TestTenant.ID, sends.get(profile)).orElseThrow().explanation())
			.containsEntry("permission", explanation.get("permission"))
			.containsEntry("trigger", Map.of())
			.doesNotContainKey("features");
		assertThat(log.find(TestTenant.ID, sends.get(other)).orElseThrow().explanation())
			.containsEntry("trigger", Map.of("goal", "spring"))
			.containsAllEntriesOf(explanation);
		assertThat(this.jdbc.sql("select explanations from delivery.explanation_page where id = :page")
			.param("page", page(sends.get(other)))
			.query((row, number) -> inflated(row.getBytes(1)))
			.single()).startsWith("[null,");
	}

	@Test
	void answersEveryIdOfAMergedProfileAndARepetitionTheSame() {
		live();
		String profile = profile();
		JsonNode first = erase(this.earlier).getBody();
		assertThat(first.path("profileId").asText()).as("%s", first).isEqualTo(profile);
		assertThat(erase(this.earlier).getBody()).isEqualTo(first);
		assertThat(erase(this.user).getBody()).isEqualTo(first);
		assertThat(get("/api/v1/profiles/" + this.user).getStatusCode()).isEqualTo(HttpStatus.NOT_FOUND);
		assertThat(get("/api/v1/profiles/" + this.earlier).getStatusCode()).isEqualTo(HttpStatus.NOT_FOUND);
		assertThat(erase("never-seen-" + this.id).getStatusCode()).isEqualTo(HttpStatus.NOT_FOUND);
		assertThat(this.ledger.findBySubject(TestTenant.ID, "profile:" + profile))
			.filteredOn((entry) -> entry.kind().equals("profile.erased"))
			.singleElement()
			.satisfies((entry) -> {
				assertThat(entry.actor()).isEqualTo("token:test-token-compliance");
				assertThat(entry.facts()).containsKeys("events", "sends");
			});
	}

	@Test
	void createsANewProfileForAReturningPerson() {
		live();
		String before = profile();
		erase(this.user);
		this.shop.send("identify",
				"{\"userId\":\"%s\",\"traits\":{\"email\":\"%s\"}}".formatted(this.user, this.email));
		assertThat(profile()).isNotEqualTo(before);
		assertThat(get("/api/v1/profiles/" + this.user + "/events").getBody().path("items")).hasSize(1);
		trigger("welcome");
		JsonNode send = this.shop.awaitSend(this.user, "WITHHELD");
		assertThat(send.path("reason").asText()).isEqualTo("suppressed.erased");
		assertThat(erase(this.user).getBody().path("counts").path("events").asInt()).isEqualTo(1);
	}

	@Test
	void sendsAgainAfterANewOptIn() {
		identify(this.user);
		erase(this.user);
		identify(this.user);
		assertThat(this.suppressions.find(TestTenant.ID, hash())).isPresent();
		optIn(this.user);
		assertThat(this.suppressions.find(TestTenant.ID, hash())).isEmpty();
		assertThat(this.ledger.findBySubject(TestTenant.ID, "address:" + hash().hex().substring(0, 12)))
			.extracting(LedgerEntry::kind)
			.containsExactly("suppression.added", "suppression.lifted");
		trigger("welcome");
		this.shop.awaitSend(this.user, "ACCEPTED", "DELIVERED");
	}

	@Test
	void blocksAnErasedAddressAfterAnImport() {
		live();
		erase(this.user);
		String imported = "imported-" + this.id;
		post("/api/v1/profiles/import", "text/csv",
				"userId,email,consent.marketing\n%s,%s,yes\n".formatted(imported, this.email));
		trigger(imported, "welcome");
		assertThat(this.shop.awaitSend(imported, "WITHHELD").path("reason").asText()).isEqualTo("suppressed.erased");
	}

	@Test
	void doesNotBlockAnAddressSharedWithAnotherProfile() {
		String other = "other-" + this.id;
		identify(this.user);
		identify(other);
		erase(this.user);
		assertThat(this.suppressions.find(TestTenant.ID, hash())).isEmpty();
		erase(other);
		assertThat(this.suppressions.find(TestTenant.ID, hash())).get()
			.extracting(Suppression::reason)
			.isEqualTo(SuppressionReason.ERASED);
	}

	@Test
	void unsubscribesFromMessagesSentBeforeTheErasure() throws Exception {
		identify(this.user);
		String send = trigger("welcome");
		this.shop.awaitSend(this.user, "ACCEPTED", "DELIVERED");
		JsonNode content = get("/api/v1/sends/" + send + "/content").getBody();
		String unsubscribe = content.at("/headers/List-Unsubscribe").asText().replaceAll("<https?://[^/]+(.*)>", "$1");
		String click = content.path("html").asText().replaceAll("(?s).*?(/t/c/[A-Za-z0-9._-]+).*", "$1");
		erase(this.user);
		assertThat(this.http.getForEntity(unsubscribe, String.class).getStatusCode()).isEqualTo(HttpStatus.OK);
		assertThat(post(unsubscribe, "application/x-www-form-urlencoded", "List-Unsubscribe=One-Click").getStatusCode())
			.isEqualTo(HttpStatus.OK);
		assertThat(this.suppressions.find(TestTenant.ID, hash())).get()
			.extracting(Suppression::reason)
			.isEqualTo(SuppressionReason.UNSUBSCRIBE);
		assertThat(post(unsubscribe + "/preferences", "application/x-www-form-urlencoded",
				"shown=marketing&granted=marketing")
			.getStatusCode()).isEqualTo(HttpStatus.OK);
		HttpResponse<Void> clicked = HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(URI.create(this.http.getRootUri() + click)).build(),
					HttpResponse.BodyHandlers.discarding());
		assertThat(clicked.headers().firstValue("Location")).contains("https://shop.example");
		assertThat(new ClearText(this.jdbc).find(this.personalData)).isEmpty();
		assertThat(rows("select key_id::text from identity.vault_key where key_id::text = ?",
				this.shop.explained(send).path("profileId").asText()))
			.isEmpty();
	}

	@Test
	void exportsEverythingItErases() {
		live();
		JsonNode export = get("/api/v1/profiles/" + this.user + "/export").getBody();
		assertThat(export.at("/profiles/0/userIds").toString()).contains(this.user, this.earlier);
		assertThat(export.at("/profiles/0/traits/lastName").asText()).isEqualTo(this.lastName);
		assertThat(export.path("events")).hasSizeGreaterThan(3);
		assertThat(export.path("consents").findValuesAsText("ip")).contains("203.0.113.7");
		assertThat(export.path("features").findValuesAsText("name")).contains("engagement_score");
		assertThat(export.path("sends").findValuesAsText("to")).contains(this.email);
		assertThat(export.path("sends").findValuesAsText("html")).anyMatch((html) -> html.contains("<html"));
		assertThat(export.path("deadLetters")).singleElement().satisfies((letter) -> {
			assertThat(letter.path("reason").asText()).isNotEmpty();
			assertThat(letter.at("/payload/batch/0/userId").asText()).isEqualTo(this.user);
			assertThat(letter.findValues("writeKey")).isEmpty();
		});
		assertThat(export.path("journeys").findValuesAsText("key")).contains("cart-of-" + this.user);
		assertThat(this.ledger.findBySubject(TestTenant.ID, "profile:" + profile())).extracting(LedgerEntry::kind)
			.contains("profile.exported");
		assertThat(get("/api/v1/profiles/unknown-" + this.id + "/export").getStatusCode())
			.isEqualTo(HttpStatus.NOT_FOUND);
	}

	@ParameterizedTest
	@EnumSource(Role.class)
	void requiresTheRoleForDataProtection(Role role) {
		boolean allowed = role == Role.COMPLIANCE || role == Role.ADMIN;
		String unknown = "/api/v1/profiles/unknown-" + this.id;
		HttpStatus expected = allowed ? HttpStatus.NOT_FOUND : HttpStatus.FORBIDDEN;
		assertThat(this.shop.api(role, HttpMethod.DELETE, unknown, null).getStatusCode()).isEqualTo(expected);
		assertThat(this.shop.api(role, HttpMethod.GET, unknown + "/export", null).getStatusCode()).isEqualTo(expected);
	}

	/**
	 * Each concurrent write about the person is committed before or after the erasure,
	 * never in between.
	 */
	@Test
	void erasesDespiteConcurrentEvents() throws Exception {
		for (int round = 0; round < 4; round++) {
			identify(this.user);
			String before = profile();
			try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
				List<Callable<Object>> work = new ArrayList<>();
				work.add(() -> erase(this.user));
				for (int writer = 0; writer < 3; writer++) {
					work.add(() -> {
						for (int event = 0; event < 5; event++) {
							identify(this.user);
							this.shop.fillCart(this.user, "cart-of-" + this.user);
						}
						return true;
					});
				}
				for (Future<Object> done : threads.invokeAll(work)) {
					done.get();
				}
			}
			assertThat(rows("select id::text from ingestion.event where profile_id = ?::uuid", before)).isEmpty();
			assertThat(rows("select profile_id::text from feature.profile_state where profile_id = ?::uuid", before))
				.isEmpty();
			assertThat(
					rows("select id::text from journey.run where profile_id = ?::uuid and status <> 'ended'", before))
				.isEmpty();
			assertThat(rows("select key_id::text from identity.vault_key where key_id = ?::uuid", before)).isEmpty();
			erase(this.user);
		}
	}

	/** Stores data of the person in every module. */
	private void live() {
		this.shop.send("track",
				"{\"userId\":\"%s\",\"event\":\"Product Viewed\",\"properties\":{\"product_id\":\"cup\"}}"
					.formatted(this.earlier));
		identify(this.user);
		this.shop.send("alias", "{\"userId\":\"%s\",\"previousId\":\"%s\"}".formatted(this.user, this.earlier));
		this.shop.send("track", "{\"userId\":\"%s\",\"messageId\":\"%s\"}".formatted(this.user, "bad-" + this.user));
		this.shop.api(Role.ADMIN, HttpMethod.PUT, "/api/v1/profiles/%s/consents/product-news".formatted(this.user),
				"""
						{"status":"GRANTED","evidence":{"source":"form","text":"Yes, please","textVersion":"1","ip":"203.0.113.7"}}
						""");
		this.shop.track(this.user, "Cart Viewed", "{\"cart_id\":\"cart-of-%s\"}".formatted(this.user));
		trigger("welcome");
		this.shop.awaitSend(this.user, "ACCEPTED", "DELIVERED");
		reject(trigger("not-approved"));
		review(trigger("not-approved"));
		this.shop.fillCart(this.user, "cart-of-" + this.user);
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.until(() -> this.shop.runs(this.user)
				.stream()
				.filter((run) -> "running".equals(run.get("status")))
				.count() == 2);
	}

	private void identify(String userId) {
		this.shop.send("identify", """
				{"userId":"%s","anonymousId":"device-of-%s","traits":{"email":"%s","firstName":"%s","lastName":"%s",
				"phone":"+49 30 123","timezone":"%s"},"context":{"ip":"203.0.113.7",
				"consent":{"categoryPreferences":{"marketing":true}}}}
				""".formatted(userId, userId, this.email, this.firstName, this.lastName, Shop.zoneAt(12)));
	}

	/** Opts in again, with evidence, as only an explicit opt-in lifts the suppression. */
	private void optIn(String userId) {
		this.shop.send("identify", """
				{"userId":"%s","context":{"consent":{"categoryPreferences":{"marketing":true},"evidence":{"marketing":
				{"source":"form","text":"Yes, please","at":"%s"}}}}}
				""".formatted(userId, Instant.now().minusMillis(1)));
	}

	private String trigger(String template) {
		return trigger(this.user, template);
	}

	private String trigger(String userId, String template) {
		return this.shop
			.api(Role.MARKETER, HttpMethod.POST, "/api/v1/campaigns/trigger",
					"{\"userId\":\"%s\",\"template\":\"%s\"}".formatted(userId, template), "Idempotency-Key",
					UUID.randomUUID().toString())
			.getBody()
			.path("sendId")
			.asText();
	}

	private String review(String send) {
		return Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.until(() -> this.engine.getTaskService()
				.createTaskQuery()
				.processVariableValueEquals("sendId", send)
				.singleResult(), (task) -> task != null)
			.getId();
	}

	/** As long as it is not settled it counts towards the person's cap. */
	private void reject(String send) {
		complete(review(send));
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.until(() -> rows("select status from delivery.send where id = ?::uuid", send).equals(List.of("withheld")));
	}

	private void complete(String task) {
		String form = "{\"decision\":\"rejected\",\"reason\":\"%s asked for it\"}".formatted(this.firstName);
		ResponseEntity<JsonNode> answer = this.shop.api(Role.REVIEWER, HttpMethod.POST,
				"/engine-rest/task/" + task + "/submit-form",
				"{\"variables\":{\"review\":{\"type\":\"Json\",\"value\":\"%s\"}}}"
					.formatted(form.replace("\"", "\\\"")));
		assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.NO_CONTENT);
	}

	private UUID page(SendId send) {
		return this.jdbc.sql("select explanation_page_id from delivery.send where id = ?")
			.param(send.value())
			.query(UUID.class)
			.single();
	}

	private static String inflated(byte[] deflated) {
		try (InputStream in = new InflaterInputStream(new ByteArrayInputStream(deflated))) {
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException unreadable) {
			throw new UncheckedIOException(unreadable);
		}
	}

	private String profile() {
		return get("/api/v1/profiles/" + this.user).getBody().path("id").asText();
	}

	private ResponseEntity<JsonNode> erase(String userId) {
		return this.shop.api(Role.COMPLIANCE, HttpMethod.DELETE, "/api/v1/profiles/" + userId, null);
	}

	private ResponseEntity<JsonNode> get(String path) {
		return this.shop.api(Role.ADMIN, HttpMethod.GET, path, null);
	}

	private ResponseEntity<String> post(String path, String type, String body) {
		HttpHeaders headers = new HttpHeaders();
		headers.setContentType(MediaType.parseMediaType(type));
		if (path.startsWith("/api")) {
			headers.setBearerAuth(TestTenant.TOKEN);
		}
		return this.http.exchange(path, HttpMethod.POST, new HttpEntity<>(body, headers), String.class);
	}

	private AddressHash hash() {
		return this.profiles.hash(TestTenant.ID, new EmailAddress(this.email));
	}

	private List<String> rows(String sql, String parameter) {
		return this.jdbc.sql(sql).param(parameter).query(String.class).list();
	}

}
