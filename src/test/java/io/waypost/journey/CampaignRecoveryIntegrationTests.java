package io.waypost.journey;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import io.waypost.access.Role;
import io.waypost.delivery.CampaignSendControl;
import io.waypost.identity.Identifier;
import io.waypost.identity.Profiles;
import io.waypost.kernel.CampaignId;
import io.waypost.testing.MutableClock;
import io.waypost.testing.TestDatabase;
import io.waypost.testing.TestTenant;
import io.waypost.testing.WaypostTest;
import org.awaitility.Awaitility;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/** Campaigns with quiet hours, failures, pauses, cancellations and erasures. */
@WaypostTest
class CampaignRecoveryIntegrationTests {

	private static final String HELD_OUT = "('holdout', 'global_holdout')";

	private static final String SENT_OR_HELD_OUT = "(status IN ('delivered', 'accepted') OR reason IN " + HELD_OUT
			+ ")";

	@Autowired
	private TestRestTemplate http;

	@Autowired
	private MutableClock clock;

	@Autowired
	private CampaignSendControl sends;

	@Autowired
	private ManagementService jobs;

	@Autowired
	private Profiles profiles;

	private CampaignTestData campaignData;

	@BeforeEach
	void setUp(@Autowired ApplicationContext waypost) {
		this.campaignData = CampaignTestData.in(waypost, this.http);
	}

	@AfterEach
	void resetClock() {
		this.clock.reset();
	}

	@Test
	void sendsDeferredMessagesInTheLocalMorning() {
		this.campaignData.people(5, 12, true);
		this.campaignData.people(7, 23, true);
		String id = this.campaignData.launched("");
		JsonNode campaign = awaitWindow(id);
		int deferredCount = campaign.path("counts").path("deferred").asInt();
		assertThat(campaign.path("reasons").path("deferred").path("quiet_hours").asInt()).isEqualTo(deferredCount)
			.isBetween(1, 7);
		this.campaignData.awaitQuiet(id);
		int deliveredCount = this.campaignData.count("status = 'delivered'", id);
		this.clock.advance(Duration.ofHours(10));
		this.campaignData.passTime(id);
		campaign = this.campaignData.awaitStatus(id, "completed");
		assertThat(campaign.path("counts").path("deferred").asInt()).isZero();
		assertThat(campaign.path("chunks").path("total").asInt()).isEqualTo(2);
		assertThat(this.campaignData.count(SENT_OR_HELD_OUT, id)).isEqualTo(12);
		assertThat(this.campaignData.count("status IN ('delivered', 'accepted')", id)).isBetween(deliveredCount + 1,
				deliveredCount + deferredCount);
		assertThat(this.campaignData.count("true", id)).isEqualTo(12);
		assertThat(deferrals(id)).isZero();
	}

	@Test
	void withholdsRecipientsWithoutASendWindowForAWeek() {
		this.campaignData.people(4, 23, true);
		String id = this.campaignData.launched("");
		int deferredCount = awaitWindow(id).path("counts").path("deferred").asInt();
		assertThat(deferredCount).isPositive();
		// It is night again
		this.clock.advance(Duration.ofDays(7));
		this.campaignData.passTime(id);
		JsonNode campaign = this.campaignData.awaitStatus(id, "completed");
		assertThat(campaign.path("reasons").path("withheld").path("no_window").asInt()).as(campaign.toString())
			.isEqualTo(deferredCount);
		assertThat(deferrals(id)).isZero();
	}

	@Test
	void createsAnIncidentForAFailingChunkAndCompletesTheOthers() {
		this.campaignData.people(1_030, 12, true);
		String id = this.campaignData.created("welcome", "");
		breakTheLastRecipient(id);
		try {
			assertThat(this.campaignData.act(id, "launch").getStatusCode().value()).isEqualTo(202);
			Job failing = failing(id + ":2");
			this.jobs.setJobRetries(failing.getId(), 1);
			assertThatException().isThrownBy(() -> this.jobs.executeJob(failing.getId()));
			JsonNode campaign = Awaitility.await("stuck")
				.atMost(Duration.ofSeconds(30))
				.until(() -> this.campaignData.campaign(id), (read) -> read.path("chunks").path("stuck").asInt() == 1
						&& read.path("chunks").path("done").asInt() == 1);
			assertThat(campaign.path("status").asText()).isEqualTo("sending");
			assertThat(this.campaignData.engine.getRuntimeService()
				.createIncidentQuery()
				.processInstanceId(failing.getProcessInstanceId())
				.singleResult()
				.getIncidentMessage()).as("what Cockpit shows")
				.isEqualTo("PSQLException P0001: ERROR: Broken on purpose");
			assertThat(this.jobs.getJobExceptionStacktrace(failing.getId())).contains("Broken on purpose");
			this.campaignData.awaitQuiet(id);
			assertThat(this.campaignData.count("true", id)).isEqualTo(1_000);
		}
		finally {
			TestDatabase.superuserOfSharedContext().sql("DROP TRIGGER broken ON delivery.send").update();
		}
		// As Cockpit does when an operator resets the retries and sets the due date to
		// now
		String retried = failing(id + ":2").getId();
		this.jobs.setJobDuedate(retried, null);
		this.jobs.setJobRetries(retried, 1);
		JsonNode campaign = this.campaignData.awaitStatus(id, "completed");
		assertThat(campaign.path("chunks").path("stuck").asInt()).isZero();
		assertThat(this.campaignData.count("true", id)).isEqualTo(1_030);
		assertThat(this.campaignData.jdbc.sql(
				"SELECT count(*) - count(DISTINCT send_id) FROM delivery.sandbox_message WHERE send_id IN (SELECT id FROM delivery.send WHERE run_id = ?)")
			.param(UUID.fromString(id))
			.query(Integer.class)
			.single()).as("messages sent twice").isZero();
	}

	@Test
	void withholdsAfterARevocationDuringTheWait() {
		List<String> people = this.campaignData.people(8, 12, true);
		String id = this.campaignData.created("welcome", "");
		CampaignId campaign = CampaignId.of(id);
		this.sends.pause(TestTenant.ID, campaign);
		this.campaignData.act(id, "launch");
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.until(() -> this.campaignData.campaign(id).path("chunks").path("done").asInt() == 1);
		int queued = this.campaignData.count("status = 'queued'", id);
		String revoker = queued(people);
		this.campaignData.shop.identify(revoker, Shop.zoneAt(12), false);
		this.sends.resume(TestTenant.ID, campaign);
		this.campaignData.awaitStatus(id, "completed");
		assertThat(this.campaignData.shop.sends(revoker).get(0).path("status").asText())
			.isEqualToIgnoringCase("withheld");
		assertThat(this.campaignData.shop.sends(revoker).get(0).path("reason").asText()).isEqualTo("denied");
		this.campaignData.awaitQuiet(id);
		assertThat(this.campaignData.count("status = 'delivered'", id)).isEqualTo(queued - 1);
	}

	@Test
	void holdsQueuedSendsWhilePaused() {
		this.campaignData.people(6, 12, true);
		this.campaignData.people(6, 23, true);
		String id = this.campaignData.launched("");
		awaitWindow(id);
		this.campaignData.awaitQuiet(id);
		assertThat(this.campaignData.act(id, "pause").getStatusCode().value()).isEqualTo(202);
		this.clock.advance(Duration.ofHours(10));
		this.campaignData.passTime(id);
		// Its chunk is returned until the campaign is resumed
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.until(() -> this.campaignData.campaign(id).path("chunks").path("total").asInt() == 2);
		int before = this.campaignData.count("status IN ('delivered', 'accepted', 'submitting')", id);
		assertThat(this.campaignData.campaign(id).path("chunks").path("done").asInt()).isEqualTo(1);
		assertThat(this.campaignData.act(id, "resume").getStatusCode().value()).isEqualTo(202);
		this.campaignData.awaitStatus(id, "completed");
		assertThat(this.campaignData.count("status IN ('delivered', 'accepted')", id)).isGreaterThan(before);
	}

	@Test
	void cancelsInEveryStatus() {
		this.campaignData.people(3, 12, true);
		this.campaignData.people(3, 23, true);
		String draft = this.campaignData.created("welcome", "");
		assertCancelled(draft);
		String waiting = this.campaignData.created("not-approved", "");
		this.campaignData.act(waiting, "launch");
		this.campaignData.awaitStatus(waiting, "awaiting_approval");
		assertCancelled(waiting);
		String reviewed = this.campaignData.created("not-approved", "");
		this.campaignData.act(reviewed, "launch");
		this.campaignData.awaitStatus(reviewed, "awaiting_approval");
		complete(this.campaignData.task(reviewed), Role.REVIEWER, "{\"decision\":\"approved\"}");
		this.campaignData.awaitStatus(reviewed, "in_review");
		assertCancelled(reviewed);
		String testing = this.campaignData.launched(",\"experiment\":{\"testPercent\":50,\"testDuration\":\"PT1H\"}");
		this.campaignData.awaitStatus(testing, "testing");
		assertCancelled(testing);
		String sending = this.campaignData.launched("");
		awaitWindow(sending);
		assertThat(this.campaignData.act(sending, "pause").getStatusCode().value()).isEqualTo(202);
		assertCancelled(sending);
		assertThat(this.campaignData.count("status = 'deferred'", sending)).as("no recipient waits for a window")
			.isZero();
		assertThat(deferrals(sending)).isZero();
		assertThat(this.campaignData.act(sending, "resume").getStatusCode().value()).isEqualTo(409);
	}

	@Test
	void failsWhenTheSegmentIsEmptyAtTheLaunch() {
		this.campaignData.people(2, 12, true);
		String id = this.campaignData.created("welcome", "");
		this.campaignData.define("did \"Unused Event %s\"".formatted(UUID.randomUUID()));
		this.campaignData.act(id, "launch");
		assertThat(this.campaignData.awaitStatus(id, "failed").path("reason").asText()).isEqualTo("audience_empty");
		assertThat(this.campaignData.act(id, "cancel").getStatusCode().value()).isEqualTo(409);
	}

	@Test
	void refusesAnInvalidSegmentWithThePosition() {
		ResponseEntity<JsonNode> answer = this.campaignData.shop.api(Role.MARKETER, HttpMethod.POST, "/api/v1/segments",
				"{\"name\":\"broken\",\"description\":\"x\",\"owner\":\"test\",\"definition\":\"order count is at lest 3\"}");
		assertThat(answer.getStatusCode().value()).isEqualTo(400);
		assertThat(answer.getBody().path("errors").findValuesAsText("pointer")).contains("/definition");
		assertThat(answer.getBody().toString()).contains("at most");
	}

	@Test
	void previewsTheActualResult() {
		this.campaignData.people(14, 12, true);
		this.campaignData.people(4, 12, false);
		this.campaignData.people(5, 23, true);
		String id = this.campaignData.created("welcome", ",\"holdoutPercent\":30");
		JsonNode reach = this.campaignData.shop
			.api(Role.MARKETER, HttpMethod.GET, "/api/v1/campaigns/" + id + "/reach", null)
			.getBody();
		assertThat(reach.path("sampled").asInt()).isEqualTo(23);
		assertThat(reach.path("withheld").path("denied").asInt()).as(reach.toString()).isEqualTo(4);
		this.campaignData.act(id, "launch");
		awaitWindow(id);
		this.campaignData.awaitQuiet(id);
		this.clock.advance(Duration.ofHours(10));
		this.campaignData.passTime(id);
		this.campaignData.awaitStatus(id, "completed");
		assertThat(reach.path("heldOut").asInt()).isEqualTo(this.campaignData.count("reason IN " + HELD_OUT, id));
		assertThat(reach.path("reachable").asInt()).isEqualTo(23 - this.campaignData.count("status = 'withheld'", id));
		assertThat(reach.path("later").path("quiet_hours").asInt()).isBetween(0, 5);
	}

	@Test
	void sendsAtTheBestHourOfEachRecipient() {
		this.campaignData.people(20, 3, true);
		String id = this.campaignData.launched(",\"bestHourWithin\":\"PT24H\"");
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.until(() -> this.campaignData.campaign(id).path("chunks").path("done").asInt() == 1);
		int queued = this.campaignData.count("status = 'queued' AND ready_at > now() + interval '4 hours'", id);
		assertThat(queued).as("by day, and none at three in the morning")
			.isGreaterThanOrEqualTo(10)
			.isEqualTo(20 - this.campaignData.count("status = 'withheld'", id));
		JsonNode send = this.campaignData.shop
			.api(Role.ADMIN, HttpMethod.GET, "/api/v1/sends?campaignId=" + id + "&status=queued&limit=1", null)
			.getBody()
			.path("items")
			.get(0);
		JsonNode timing = this.campaignData.shop.explained(send.path("id").asText()).path("explanation").path("timing");
		assertThat(timing.path("source").asText()).isIn("random", "tenant", "zone", "default");
		assertThat(timing.path("propensity").asDouble()).isPositive();
		assertThat(this.campaignData.jdbc.sql("""
				SELECT count(*) FROM experiment.exposure e JOIN delivery.send s ON s.id = e.send_id
				WHERE s.run_id = ? AND e.exposed_at <> s.ready_at
				""").param(UUID.fromString(id)).query(Integer.class).single()).as("counted from another hour").isZero();
		this.clock.advance(Duration.ofHours(24));
		this.campaignData.awaitStatus(id, "completed");
		this.campaignData.awaitQuiet(id);
		assertThat(this.campaignData.count("status = 'delivered'", id)).isEqualTo(queued);
	}

	@Test
	void adjustsRevenueForEarlierSpending() {
		List<String> people = this.campaignData.people(4, 12, true);
		people.forEach((user) -> this.campaignData.shop.order(user, "before-" + user));
		String id = this.campaignData.launched("");
		this.campaignData.awaitStatus(id, "completed");
		people.forEach((user) -> this.campaignData.shop.order(user, "after-" + user));
		assertThat(this.campaignData.jdbc.sql("""
				SELECT e.spent_before, e.revenue FROM experiment.exposure e
				JOIN experiment.phase p ON p.tenant_id = e.tenant_id AND p.id = e.phase_id WHERE p.key = ?
				""").param("campaign-" + id).query().listOfRows()).hasSize(4)
			.as("ordered once before the message, and once after it")
			.allSatisfy((exposure) -> assertThat(exposure).containsEntry("spent_before", 19.95)
				.containsEntry("revenue", 19.95));
	}

	@Test
	void requiresASecondPersonForAnApproval() {
		this.campaignData.people(2, 12, true);
		String id = this.campaignData.created("not-approved", "");
		this.campaignData.act(id, "launch");
		this.campaignData.awaitStatus(id, "awaiting_approval");
		// As if the reviewer's name stood at the launch
		Task task = this.campaignData.task(id);
		String reviewer = this.campaignData.jdbc
			.sql("UPDATE campaign.campaign SET launched_by = ? WHERE id = ? RETURNING launched_by")
			.params("token:" + TestTenant.token(Role.REVIEWER), UUID.fromString(id))
			.query(String.class)
			.single();
		ResponseEntity<JsonNode> refused = complete(task, Role.REVIEWER, "{\"decision\":\"approved\"}");
		assertThat(refused.getStatusCode().value()).as(reviewer).isEqualTo(400);
		assertThat(refused.getBody().toString()).contains("may not approve it");
		assertThat(
				complete(task, Role.ADMIN, "{\"decision\":\"approved\"}", "Authorization", "Bearer " + TestTenant.TOKEN)
					.getStatusCode()
					.value())
			.as("an administrator who reviews")
			.isEqualTo(204);
		this.campaignData.awaitStatus(id, "in_review");
		Task review = this.campaignData.task(id);
		assertThat(Duration.between(this.clock.instant(), review.getDueDate().toInstant())).as("by the table: PT4H")
			.isBetween(Duration.ofHours(3), Duration.ofHours(4));
		Job expiry = this.jobs.createJobQuery()
			.processInstanceId(review.getProcessInstanceId())
			.timers()
			.singleResult();
		assertThat(Duration.between(this.clock.instant(), expiry.getDuedate().toInstant())).as("by the table: P2D")
			.isBetween(Duration.ofHours(47), Duration.ofHours(48));
		assertCancelled(id);
	}

	@Test
	void sendsOnceToMergedProfilesAndNotToErasedOnes() {
		List<String> people = this.campaignData.people(6, 23, true);
		String id = this.campaignData.launched("");
		awaitWindow(id);
		int deferredCount = this.campaignData.count("status = 'deferred'", id);
		Set<UUID> deferred = new HashSet<>(
				this.campaignData.jdbc.sql("SELECT profile_id FROM campaign.deferral WHERE campaign_id = ?")
					.param(UUID.fromString(id))
					.query(UUID.class)
					.list());
		String[] deferredUsers = people.stream()
			.filter((user) -> deferred.contains(profile(user)))
			.toArray(String[]::new);
		assertThat(deferredUsers).hasSizeGreaterThanOrEqualTo(3);
		this.campaignData.shop.send("alias",
				"{\"previousId\":\"%s\",\"userId\":\"%s\"}".formatted(deferredUsers[0], deferredUsers[1]));
		assertThat(profile(deferredUsers[0])).isEqualTo(profile(deferredUsers[1]));
		assertThat(
				this.campaignData.shop.api(Role.ADMIN, HttpMethod.DELETE, "/api/v1/profiles/" + deferredUsers[2], null)
					.getStatusCode()
					.is2xxSuccessful())
			.isTrue();
		this.clock.advance(Duration.ofHours(10));
		this.campaignData.passTime(id);
		this.campaignData.awaitStatus(id, "completed");
		assertThat(deferrals(id)).isZero();
		assertThat(this.campaignData.count(SENT_OR_HELD_OUT, id)).as("two are one, and one is forgotten")
			.isEqualTo(deferredCount - 2);
		assertThat(this.campaignData
			.count(SENT_OR_HELD_OUT + " AND profile_id = '%s'".formatted(profile(deferredUsers[1])), id)).isOne();
	}

	@Test
	void erasesContentOfOneRecipientOnly() {
		List<String> people = this.campaignData.people(8, 12, true);
		String id = this.campaignData.launched("");
		this.campaignData.awaitStatus(id, "completed");
		this.campaignData.awaitQuiet(id);
		List<String> written = people.stream()
			.filter((user) -> this.campaignData.shop.sends(user)
				.get(0)
				.path("status")
				.asText()
				.equalsIgnoreCase("delivered"))
			.toList();
		String forgotten = this.campaignData.shop.sends(written.getFirst()).get(0).path("id").asText();
		this.campaignData.shop.api(Role.ADMIN, HttpMethod.DELETE, "/api/v1/profiles/" + written.getFirst(), null);
		assertThat(this.campaignData.jdbc
			.sql("""
					SELECT content_id IS NULL AND variant IS NULL AND NOT explanation ? 'features' FROM delivery.send WHERE id = ?
					"""
				.replace("? '", "?? '"))
			.param(UUID.fromString(forgotten))
			.query(Boolean.class)
			.single()).isTrue();
		String other = this.campaignData.shop.sends(written.getLast()).get(0).path("id").asText();
		assertThat(this.campaignData.shop.explained(other).path("explanation").toString()).contains("features", "plan");
		JsonNode campaign = this.campaignData.campaign(id);
		assertThat(campaign.path("counts").path("delivered").asInt()).as("the bare numbers stay")
			.isEqualTo(written.size());
	}

	private UUID profile(String user) {
		return this.profiles.find(TestTenant.ID, new Identifier(Identifier.Type.USER_ID, user)).orElseThrow().value();
	}

	/** Creates a campaign that waits for the morning. */
	private JsonNode awaitWindow(String id) {
		return Awaitility.await("waiting for a window")
			.atMost(Duration.ofSeconds(40))
			.until(() -> this.campaignData.campaign(id),
					(campaign) -> campaign.path("status").asText().equals("sending")
							&& this.campaignData.engine.getRuntimeService()
								.getActiveActivityIds(campaign.path("processInstanceId").asText())
								.contains("catchEvent_WindowOpened"));
	}

	private void assertCancelled(String id) {
		assertThat(this.campaignData.act(id, "cancel").getStatusCode().value()).isEqualTo(202);
		this.campaignData.awaitStatus(id, "cancelled");
		Awaitility.await("its instances have ended")
			.atMost(Duration.ofSeconds(30))
			.until(() -> this.campaignData.instances(id) == 0);
		assertThat(this.campaignData.count("status IN ('queued', 'planned', 'cleared')", id)).isZero();
		assertThat(this.campaignData.act(id, "cancel").getStatusCode().value()).isEqualTo(409);
	}

	private String queued(List<String> people) {
		return people.stream()
			.filter((user) -> this.campaignData.shop.sends(user)
				.get(0)
				.path("status")
				.asText()
				.equalsIgnoreCase("queued"))
			.findFirst()
			.orElseThrow();
	}

	private int deferrals(String id) {
		return this.campaignData.jdbc.sql("SELECT count(*) FROM campaign.deferral WHERE campaign_id = ?")
			.param(UUID.fromString(id))
			.query(Integer.class)
			.single();
	}

	/** Makes every write of the second chunk fail. */
	private void breakTheLastRecipient(String id) {
		TestDatabase.superuserOfSharedContext().sql("""
				CREATE OR REPLACE FUNCTION delivery.break_chunk() RETURNS trigger LANGUAGE plpgsql AS $$
				BEGIN
					IF EXISTS (SELECT FROM campaign.campaign c JOIN audience.member m ON m.audience_id = c.audience_id
						WHERE c.id = NEW.run_id AND m.position > 1000 AND m.profile_id = NEW.profile_id) THEN
						RAISE EXCEPTION 'Broken on purpose';
					END IF;
					RETURN NEW;
				END $$
				""").update();
		TestDatabase.superuserOfSharedContext().sql("""
				CREATE TRIGGER broken BEFORE INSERT ON delivery.send FOR EACH ROW WHEN (NEW.run_id = '%s')
				EXECUTE FUNCTION delivery.break_chunk()
				""".formatted(UUID.fromString(id))).update();
	}

	/** Finds the failing job between two attempts. */
	private Job failing(String key) {
		return Awaitility.await("chunk " + key).atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> {
			ProcessInstance chunk = this.campaignData.engine.getRuntimeService()
				.createProcessInstanceQuery()
				.processInstanceBusinessKey(key)
				.singleResult();
			return this.jobs.createJobQuery().processInstanceId(chunk.getId()).withException().singleResult();
		}, (job) -> job != null);
	}

	private ResponseEntity<JsonNode> complete(Task task, Role role, String form, String... header) {
		String body = "{\"variables\":{\"review\":{\"type\":\"Json\",\"value\":\"%s\"}}}"
			.formatted(form.replace("\"", "\\\""));
		return this.campaignData.shop.api(role, HttpMethod.POST, "/engine-rest/task/" + task.getId() + "/submit-form",
				body, header);
	}

}
