package io.waypost.journey;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waypost.access.Caller;
import io.waypost.access.Role;
import io.waypost.access.user.AccountProvisioner;
import io.waypost.testing.Browser;
import io.waypost.testing.PublicApi;
import io.waypost.testing.PublicShop;
import io.waypost.testing.TestTenant;
import io.waypost.testing.WaypostTest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** The explanation of a message names every reviewer, in the order of their decisions. */
@WaypostTest
class SecondReviewerIntegrationTests {

	private static final String FIRST = TestTenant.token(Role.REVIEWER);

	private static final String SECOND = "second-reviewer";

	private static final String THIRD = "third-reviewer";

	private final String user = "reviewed-" + UUID.randomUUID();

	private static final int MEMBERS = 4;

	private PublicApi api;

	private PublicShop shop;

	private String send;

	private final List<String> done = new ArrayList<>();

	@BeforeEach
	void trigger(@LocalServerPort int port, @Autowired AccountProvisioner accounts) {
		for (String token : List.of(SECOND, THIRD)) {
			accounts.createApiToken(new Caller(TestTenant.ID, token, EnumSet.of(Role.REVIEWER)), token, token);
		}
		this.api = PublicApi.on(port);
		this.shop = PublicShop.open(this.api);
		this.shop.subscribe(this.user, this.user + "@example.com");
		this.send = this.shop.trigger(this.user, this.shop.unapprovedTemplate());
	}

	@ParameterizedTest
	@CsvSource({ "approved, APPROVED", "rejected, REJECTED" })
	void namesBothReviewers(String decision, String recorded) {
		decide(FIRST, changed("Too dry", "Hello again"));
		decide(SECOND, "approved".equals(decision) ? decision("approved")
				: decision("rejected").put("reason", "Not our tone"));
		JsonNode review = review(
				"approved".equals(decision) ? new String[] { "accepted", "delivered" } : new String[] { "withheld" });
		assertThat(review.toString()).contains(actor(FIRST), actor(SECOND), "CHANGED", recorded, "Too dry");
		assertThat(review.path("reviewer").asText()).isEqualTo(actor(SECOND));
	}

	@Test
	void namesThreeReviewersInOrderWithTimes() {
		decide(FIRST, changed("Too dry", "Hello again"));
		decide(SECOND, changed("Too wet", "Hello once more"));
		decide(THIRD, decision("approved"));
		JsonNode review = review("accepted", "delivered");
		String text = review.toString();
		assertThat(text).contains("Too dry", "Too wet");
		assertThat(review.path("reviewer").asText()).isEqualTo(actor(THIRD));
		assertThat(review.path("earlier")).hasSize(2);
		assertThat(review.path("earlier").findValuesAsText("reviewer")).containsExactly(actor(FIRST), actor(SECOND));
		List<String> times = new ArrayList<>(review.path("earlier").findValuesAsText("decidedAt"));
		times.add(review.path("decidedAt").asText());
		assertThat(times).as("when each decided: %s", text).hasSize(3).doesNotContain("").isSorted();
	}

	@Test
	void refusesTheApprovalOfTheReviewerWhoChangedTheContent() {
		decide(FIRST, changed("Too dry", "Hello again"));
		String task = nextTask();
		JsonNode refusal = submit(FIRST, task, decision("approved")).expect(409).json();
		assertThat(refusal.path("detail").asText()).contains("changed in a review", "is its author",
				"Ask another user");
		decide(FIRST, changed("Better", "Hello once more"));
		decide(SECOND, decision("approved"));
		JsonNode review = review("accepted", "delivered");
		assertThat(review.path("reviewer").asText()).isEqualTo(actor(SECOND));
		assertThat(review.path("earlier").findValuesAsText("decision")).containsExactly("CHANGED", "CHANGED");
		assertThat(this.api.read("/api/v1/sends/" + this.send).at("/explanation/variant/changedBy").asText())
			.isEqualTo(actor(FIRST));
	}

	@Test
	void refusesTheApprovalOfAnotherTokenOfTheSamePerson(@Autowired AccountProvisioner accounts) {
		accounts.createApiToken(new Caller(TestTenant.ID, "second-token", EnumSet.of(Role.REVIEWER)), SECOND,
				"second-token");
		decide(SECOND, changed("Too dry", "Hello again"));
		assertThat(submit("second-token", nextTask(), decision("approved")).expect(409).text())
			.contains("are the same person");
	}

	@Test
	void answersConcurrentDecisionsOfOneTaskWithAConflict() throws Exception {
		String task = nextTask();
		List<Callable<PublicApi.Reply>> calls = Stream
			.generate(() -> (Callable<PublicApi.Reply>) () -> submit(FIRST, task, decision("approved")))
			.limit(8)
			.toList();
		List<PublicApi.Reply> replies = new ArrayList<>();
		try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
			for (Future<PublicApi.Reply> reply : threads.invokeAll(calls)) {
				replies.add(reply.get());
			}
		}
		// 403: the task ended between the look-up of its candidates and the decision
		assertThat(replies).extracting(PublicApi.Reply::status).containsOnlyOnce(204).isSubsetOf(204, 403, 404, 409);
		assertThat(replies).extracting(PublicApi.Reply::text).noneMatch((body) -> body.contains("INSERT"));
	}

	@Test
	void showsBothReviewersOnThePageOfTheMessage() {
		decide(FIRST, changed("Too dry", "Hello again"));
		decide(SECOND, decision("approved"));
		review("accepted", "delivered");
		String page = Browser.signIn(this.api.base(), TestTenant.user(Role.COMPLIANCE))
			.get("/messages/" + this.send)
			.body();
		assertThat(page).contains(FIRST, SECOND);
	}

	@Test
	void namesBothReviewersOfTheContentOfACampaign() {
		String segment = segment();
		String campaign = this.api
			.post("/api/v1/campaigns",
					"""
							{"name":"Two reviews","template":"%s","segment":"%s"}"""
						.formatted(this.shop.unapprovedTemplate(), segment))
			.expect(201)
			.json()
			.path("id")
			.asText();
		this.api.post("/api/v1/campaigns/" + campaign + "/launch", "").expect(202);
		decideCampaign(campaign, THIRD, decision("approved"));
		decideCampaign(campaign, FIRST, changed("Too dry", "Only a bargain"));
		assertThat(submit(FIRST, campaignTask(campaign), decision("approved")).expect(409).text())
			.contains("changed in a review", "Ask another user");
		decideCampaign(campaign, SECOND, decision("approved"));
		String sent = Awaitility.await("send of the campaign")
			.atMost(Duration.ofSeconds(30))
			.until(() -> sentOf(campaign), (found) -> !found.isEmpty());
		assertThat(this.api.read("/api/v1/sends/" + sent).path("explanation").toString()).contains(actor(FIRST),
				actor(SECOND), "Too dry");
	}

	private String sentOf(String campaign) {
		for (JsonNode send : this.api.read("/api/v1/sends?campaignId=" + campaign).path("items")) {
			if (!send.path("status").asText().equals("withheld")) {
				return send.path("id").asText();
			}
		}
		return "";
	}

	private void decideCampaign(String campaign, String token, ObjectNode form) {
		complete(token, campaignTask(campaign), form);
	}

	private String campaignTask(String campaign) {
		String path = "/api/v1/campaigns/" + campaign;
		return Awaitility.await("task of " + campaign).atMost(Duration.ofSeconds(20)).until(() -> {
			String instance = this.api.read(path).path("processInstanceId").asText();
			return this.api.read("/engine-rest/task?maxResults=5&processInstanceId=" + instance)
				.path(0)
				.path("id")
				.asText();
		}, (found) -> !found.isEmpty() && !this.done.contains(found));
	}

	/** A live segment whose only member has had no message yet. */
	private String segment() {
		String name = "r" + this.user.substring(9, 17);
		this.shop.liveSegment(name, MEMBERS);
		return name;
	}

	@Test
	void letsAnAdministratorDecideAReview() {
		ObjectNode body = PublicApi.JSON.createObjectNode();
		body.putObject("variables")
			.putObject("review")
			.put("type", "Json")
			.put("value", decision("approved").toString());
		String task = Awaitility.await("review")
			.atMost(Duration.ofSeconds(20))
			.until(this::waitingTask, (found) -> !found.isEmpty());
		String credentials = TestTenant.user(Role.ADMIN) + ":" + TestTenant.PASSWORD;
		this.api
			.post("/engine-rest/task/" + task + "/submit-form", body.toString(), "Authorization",
					"Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)))
			.expect(200, 204);
		assertThat(review("accepted", "delivered").path("reviewer").asText())
			.isEqualTo("user:" + TestTenant.user(Role.ADMIN));
	}

	private static ObjectNode decision(String decision) {
		return PublicApi.JSON.createObjectNode().put("decision", decision);
	}

	private static ObjectNode changed(String reason, String subject) {
		return decision("changed").put("reason", reason)
			.put("subject", subject)
			.put("body", "A first paragraph.\n\nA second paragraph.");
	}

	private static String actor(String token) {
		return "token:" + token;
	}

	/** Decides the review that waits, by the engine's REST API. */
	private void decide(String token, ObjectNode form) {
		complete(token, nextTask(), form);
	}

	private String nextTask() {
		return Awaitility.await("review")
			.atMost(Duration.ofSeconds(20))
			.pollInterval(Duration.ofMillis(50))
			.until(this::waitingTask, (found) -> !found.isEmpty() && !this.done.contains(found));
	}

	private void complete(String token, String task, ObjectNode form) {
		submit(token, task, form).expect(200, 204);
		this.done.add(task);
	}

	private PublicApi.Reply submit(String token, String task, ObjectNode form) {
		ObjectNode body = PublicApi.JSON.createObjectNode();
		body.putObject("variables").putObject("review").put("type", "Json").put("value", form.toString());
		return this.api.as(token).post("/engine-rest/task/" + task + "/submit-form", body.toString());
	}

	private String waitingTask() {
		return this.api.read("/engine-rest/task?maxResults=5&processVariables=sendId_eq_" + this.send)
			.path(0)
			.path("id")
			.asText();
	}

	private JsonNode review(String... statuses) {
		return this.shop.await(this.send, statuses).at("/explanation/review");
	}

}
