package io.waypost.ingestion.http;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import com.fasterxml.jackson.databind.JsonNode;
import io.waypost.access.Caller;
import io.waypost.access.Role;
import io.waypost.access.user.AccountProvisioner;
import io.waypost.kernel.TenantId;
import io.waypost.ledger.Ledger;
import io.waypost.ledger.LedgerEntry;
import io.waypost.testing.PublicApi;
import io.waypost.testing.PublicApi.Reply;
import io.waypost.testing.TestTenant;
import io.waypost.testing.WaypostTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** Failed events that people correct and replay over the API. */
@WaypostTest
class CorrectedFailedEventIntegrationTests {

	private PublicApi api;

	@Autowired
	private Ledger ledger;

	@Autowired
	private JdbcClient jdbc;

	private final String user = "typo-" + UUID.randomUUID();

	private String letter;

	@BeforeEach
	void fail(@LocalServerPort int port) {
		this.api = PublicApi.on(port);
		this.letter = failed("{\"type\":\"trak\",\"event\":\"Product Viewed\",\"userId\":\"%s\"}".formatted(this.user));
	}

	@Test
	void storesTheCorrectedEventOnceHoweverOftenItIsReplayed() {
		edit(this.api, event("Corrected", "m-" + this.user)).expect(200);
		Reply first = this.api.post(this.letter + "/replay", "").expect(200);
		assertThat(first.json().path("stored").asInt()).isEqualTo(1);
		this.api.post(this.letter + "/replay", "").expect(404, 409);
		edit(this.api, event("Changed again", "n-" + this.user)).expect(404, 409);
		assertThat(events()).containsExactly("Corrected");
	}

	@Test
	void storesTheCorrectedEventOnceWhenManyReplayAtOnce() throws Exception {
		edit(this.api, event("Corrected", null)).expect(200);
		List<Callable<Reply>> replays = new ArrayList<>();
		for (int caller = 0; caller < 8; caller++) {
			replays.add(() -> this.api.post(this.letter + "/replay", ""));
		}
		List<Integer> statuses = new ArrayList<>();
		try (ExecutorService executor = Executors.newFixedThreadPool(8)) {
			for (Future<Reply> reply : executor.invokeAll(replays)) {
				statuses.add(reply.get().status());
			}
		}
		assertThat(events()).containsExactly("Corrected");
		assertThat(statuses).containsOnlyOnce(200).allMatch((status) -> status < 500);
	}

	@Test
	void storesNothingTwiceWhenTheSourceSentTheCorrectedEventMeanwhile() {
		edit(this.api, event("Corrected", "same-" + this.user)).expect(200);
		this.api.event("track", event("Corrected", "same-" + this.user)).expect(200);
		this.api.post(this.letter + "/replay", "");
		assertThat(events()).containsExactly("Corrected");
	}

	@Test
	void storesNothingTwiceWhenTheSourceRepeatsTheCorrectedEventLater() {
		edit(this.api, event("Corrected", "late-" + this.user)).expect(200);
		this.api.post(this.letter + "/replay", "").expect(200);
		this.api.event("track", event("Corrected", "late-" + this.user)).expect(200);
		assertThat(events()).containsExactly("Corrected");
	}

	@Test
	void replaysTheLastOfSeveralCorrectionsAndKeepsTheOriginal() {
		PublicApi operator = this.api.as(TestTenant.token(Role.OPERATOR));
		PublicApi admin = this.api.as(TestTenant.token(Role.ADMIN));
		edit(operator, event("product_viewed", null).replace("track", "trck")).expect(400);
		edit(operator, event("product_viewed", null)).expect(200);
		JsonNode second = edit(admin, event("Second", null)).expect(200).json();
		assertThat(second.at("/original/type").asText()).isEqualTo("trak");
		assertThat(second.at("/letter/editedBy").asText()).contains(TestTenant.token(Role.ADMIN));
		this.api.as(TestTenant.token(Role.ADMIN)).post(this.letter + "/replay", "").expect(200);
		assertThat(events()).containsExactly("Second");
		assertThat(entries()).extracting(LedgerEntry::kind, LedgerEntry::actor)
			.extracting(Object::toString)
			.anyMatch((entry) -> entry.contains("edited") && entry.contains(TestTenant.token(Role.OPERATOR)))
			.anyMatch((entry) -> entry.contains("edited") && entry.contains(TestTenant.token(Role.ADMIN)));
	}

	/**
	 * A role that may correct events must not answer for people or redirect their mail.
	 */
	@Test
	void refusesCorrectionsOfPersonConsentAndAddress() {
		this.letter = failed(
				"{\"type\":\"identify\",\"userId\":\"%s\",\"timestamp\":\"99999-01-01\",\"traits\":{\"firstName\":\"Ada\"}}"
					.formatted(this.user));
		String rest = ",\"type\":\"identify\",\"timestamp\":\"2026-11-01T00:00:00Z\"}";
		Map<String, String> refused = Map.of("/event/userId", "{\"userId\":\"another-user\"", "/event/context/consent",
				"{\"userId\":\"%s\",\"context\":{\"consent\":{\"categoryPreferences\":{\"marketing\":true}}}"
					.formatted(this.user),
				"/event/traits/email",
				"{\"userId\":\"%s\",\"traits\":{\"email\":\"a@attacker.example\"}".formatted(this.user));
		refused.forEach((pointer, event) -> assertThat(edit(this.api, event + rest).expect(400).pointers())
			.containsExactly(pointer));
		this.letter = failed("7");
		assertThat(edit(this.api, refused.get("/event/context/consent") + rest).status()).isEqualTo(400);
	}

	@Test
	void keepsConsentAndAddressThatTheEventHad() {
		String personal = "\"userId\":\"%s\",\"traits\":{\"email\":\"kept-%s@example.com\"},\"context\":{\"consent\":{\"categoryPreferences\":{\"marketing\":true}}}"
			.formatted(this.user, this.user);
		this.letter = failed("{\"type\":\"identfy\"," + personal + "}");
		edit(this.api, "{\"type\":\"identify\"," + personal + "}").expect(200);
		assertThat(this.api.post(this.letter + "/replay", "").expect(200).json().path("stored").asInt()).isEqualTo(1);
	}

	@Test
	void recordsWhoReplayedACorrectedEvent() {
		edit(this.api.as(TestTenant.token(Role.OPERATOR)), event("Product Viewed", null)).expect(200);
		this.api.as(TestTenant.token(Role.ADMIN)).post(this.letter + "/replay", "").expect(200);
		String id = this.letter.substring(this.letter.lastIndexOf('/') + 1);
		assertThat(this.jdbc.sql("select entry::text from ledger.entry entry where entry::text like ?")
			.param("%" + id + "%")
			.query(String.class)
			.list()).anyMatch((entry) -> entry.contains("replay") && entry.contains(TestTenant.token(Role.ADMIN)));
	}

	@Test
	void keepsPersonalDataOutOfTheAuditLog() {
		this.letter = failed("{\"type\":\"identfy\",\"userId\":\"%s\",\"traits\":{\"email\":\"secret-%s@example.com\"}}"
			.formatted(this.user, this.user));
		edit(this.api, "{\"type\":\"identify\",\"userId\":\"%s\",\"traits\":{\"email\":\"secret-%s@example.com\"}}"
			.formatted(this.user, this.user)).expect(200);
		this.api.post(this.letter + "/replay", "").expect(200);
		assertThat(entries()).isNotEmpty()
			.allSatisfy((entry) -> assertThat(entry.toString()).doesNotContain("@example"));
	}

	@ParameterizedTest
	@EnumSource(value = Role.class, names = { "OPERATOR", "ADMIN" }, mode = EnumSource.Mode.EXCLUDE)
	void refusesEditsAndReplaysOfOtherRoles(Role role) {
		PublicApi other = this.api.as(TestTenant.token(role));
		assertThat(edit(other, event("Forbidden", null)).expect(403).isProblem()).isTrue();
		other.post(this.letter + "/replay", "").expect(403);
		assertThat(this.api.read(this.letter).at("/event/type").asText()).isEqualTo("trak");
		edit(this.api, event("Allowed", null)).expect(200);
		other.post(this.letter + "/replay", "").expect(403);
		assertThat(events()).isEmpty();
		assertThat(entries()).noneMatch((entry) -> entry.actor().contains(TestTenant.token(role)));
	}

	@Test
	void refusesCallersOfAnotherTenantAndWithoutToken(@Autowired AccountProvisioner accounts) {
		TenantId tenant = new TenantId("neighbour");
		accounts.createTenant(tenant);
		accounts.createApiToken(new Caller(tenant, "neighbour", EnumSet.allOf(Role.class)), "neighbour",
				"neighbour-token");
		PublicApi neighbour = this.api.as("neighbour-token");
		neighbour.get(this.letter).expect(404);
		edit(neighbour, event("Foreign", null)).expect(404);
		neighbour.post(this.letter + "/replay", "").expect(404);
		edit(this.api.as("no-token"), event("Foreign", null)).expect(401);
		assertThat(this.api.read(this.letter).at("/event/type").asText()).isEqualTo("trak");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"type\":\"track\",\"event\":\"x\"}", "{\"type\":\"dance\",\"userId\":\"u\"}",
			"{\"type\":\"track\",\"userId\":\"u\"}", "{}", "[]", "7", "null", "\"text\"",
			"{\"type\":\"track\",\"event\":\"x\",\"userId\":\"u\",\"timestamp\":\"yesterday\"}",
			"{\"type\":\"alias\",\"userId\":\"u\"}", "{\"batch\":[]}" })
	void refusesCorrectionsThatAreStillWrong(String event) {
		Reply reply = edit(this.api, event).expect(400);
		assertThat(reply.isProblem()).isTrue();
		assertThat(reply.pointers()).isNotEmpty().allMatch((pointer) -> pointer.startsWith("/event"));
		assertThat(this.api.read(this.letter).at("/event/type").asText()).isEqualTo("trak");
		this.api.post(this.letter + "/replay", "").expect(409);
		assertThat(entries()).isEmpty();
	}

	@Test
	void correctsEventsOfEachType() {
		for (String event : List.of("{\"type\":\"identify\",\"userId\":\"USER\",\"traits\":{\"firstName\":\"Ada\"}}",
				"{\"type\":\"page\",\"userId\":\"USER\",\"name\":\"Home\"}",
				"{\"type\":\"screen\",\"userId\":\"USER\",\"name\":\"Home\"}",
				"{\"type\":\"group\",\"userId\":\"USER\",\"groupId\":\"g\"}",
				"{\"type\":\"alias\",\"userId\":\"USER\",\"previousId\":\"old-USER\"}")) {
			this.letter = failed("{\"type\":\"dance\",\"userId\":\"%s\"}".formatted(this.user));
			edit(this.api, event.replace("USER", this.user)).expect(200);
			assertThat(this.api.post(this.letter + "/replay", "").expect(200).json().path("stored").asInt()).as(event)
				.isEqualTo(1);
		}
	}

	/** The outsider's four corrections; the first merged two people. */
	@ParameterizedTest
	@ValueSource(strings = {
			"{'type':'alias','userId':'USER','previousId':{'x':1}} {'type':'alias','userId':'USER','previousId':'victim-USER'}",
			"{'type':'track','event':'Signed Up'} {'type':'track','event':'Signed Up','userId':'USER'}",
			"{'type':'track','userId':'USER'} {'type':'track','userId':'USER','event':'Signed Up'}",
			"{'type':'track','userId':{'a':1},'event':'Signed Up'} {'type':'track','userId':'USER','event':'Signed Up'}" })
	void leavesWhatAnEventLacksToAdministrators(String pair) {
		String[] events = pair.replace('\'', '"').replace("USER", this.user).split("(?<=\\}) (?=\\{)", -1);
		this.letter = failed(events[0]);
		Reply refused = edit(this.api.as(TestTenant.token(Role.OPERATOR)), events[1]).expect(400);
		assertThat(refused.text()).contains("a user with the role ADMIN may make this correction");
		this.api.as(TestTenant.token(Role.OPERATOR)).post(this.letter + "/replay", "").expect(409);
		edit(this.api.as(TestTenant.token(Role.ADMIN)), events[1]).expect(200);
	}

	@Test
	void hidesValuesFromRolesThatDoNotCorrect() {
		this.letter = failed(
				"{\"type\":\"trak\",\"userId\":\"%s\",\"traits\":{\"email\":\"a@example.com\",\"b c\":[7]}}"
					.formatted(this.user));
		JsonNode event = this.api.as(TestTenant.token(Role.MARKETER)).read(this.letter).path("event");
		assertThat(event)
			.hasToString("{\"type\":\"***\",\"userId\":\"***\",\"traits\":{\"email\":\"***\",\"***\":[\"***\"]}}");
		assertThat(this.api.as(TestTenant.token(Role.OPERATOR)).read(this.letter).at("/event/userId").asText())
			.isEqualTo(this.user);
		assertThat(this.api.as(TestTenant.token(Role.COMPLIANCE)).read(this.letter).at("/event/userId").asText())
			.isEqualTo(this.user);
	}

	private String failed(String event) {
		this.api.event("batch", "{\"batch\":[%s]}".formatted(event)).expect(200);
		return "/api/v1/dead-letters/" + this.api.read("/api/v1/dead-letters?limit=1").at("/items/0/id").asText();
	}

	private Reply edit(PublicApi caller, String event) {
		return caller.put(this.letter, "{\"event\":" + event + "}");
	}

	private String event(String name, String messageId) {
		String id = (messageId != null) ? ",\"messageId\":\"" + messageId + "\"" : "";
		return "{\"type\":\"track\",\"event\":\"%s\",\"userId\":\"%s\"%s}".formatted(name, this.user, id);
	}

	private List<String> events() {
		Reply reply = this.api.get("/api/v1/profiles/" + this.user + "/events").expect(200, 404);
		List<String> names = new ArrayList<>();
		reply.json()
			.path("items")
			.forEach((event) -> names
				.add(event.has("name") ? event.path("name").asText() : event.path("event").asText()));
		return names;
	}

	private List<LedgerEntry> entries() {
		String id = this.letter.substring(this.letter.lastIndexOf('/') + 1);
		return this.ledger.findBySubject(TestTenant.ID, "deadletter:" + id);
	}

}
