package io.waypost.journey;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import io.waypost.access.Role;
import io.waypost.audience.Segment;
import io.waypost.audience.SegmentDraft;
import io.waypost.audience.Segments;
import io.waypost.testing.TestTenant;
import io.waypost.testing.WaypostTest;
import org.awaitility.Awaitility;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Campaigns from the brief over HTTP to messages accepted by the sandbox, and refused
 * briefs.
 */
@WaypostTest
class CampaignIntegrationTests {

	@Autowired
	private TestRestTemplate http;

	@Autowired
	private ProcessEngine engine;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private Segments segments;

	private Shop shop;

	private String segment;

	private String event;

	@BeforeEach
	void openShop(@Autowired ApplicationContext waypost) {
		this.shop = Shop.in(waypost, this.http);
		this.segment = "people-" + UUID.randomUUID().toString().substring(0, 8);
		this.event = "Asked " + this.segment;
	}

	@Test
	void sendsToSubscribersAndExplainsWithheldSends() {
		String userWithoutConsent = visitor(false);
		people(12);
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> reached() == 13);
		String id = create(brief("welcome", ""));
		launch(id);
		JsonNode campaign = awaitStatus(id, "completed");
		assertThat(campaign.path("audience").path("size").asInt()).isEqualTo(13);
		JsonNode counts = campaign.path("counts");
		int sent = counts.path("accepted").asInt() + counts.path("delivered").asInt();
		assertThat(sent + counts.path("withheld").asInt()).as(campaign.toString()).isEqualTo(13);
		assertThat(sent).as(campaign.toString()).isBetween(5, 12);
		assertThat(this.shop.sends(userWithoutConsent).get(0).path("status").asText())
			.isEqualToIgnoringCase("withheld");
		JsonNode send = this.shop.api(Role.ADMIN, HttpMethod.GET, "/api/v1/sends?campaignId=" + id + "&limit=50", null)
			.getBody()
			.path("items");
		assertThat(send).hasSize(13).allSatisfy((one) -> assertThat(one.path("campaignId").asText()).isEqualTo(id));
		assertThat(this.jdbc.sql("SELECT count(*) - count(DISTINCT profile_id) FROM delivery.send WHERE run_id = ?")
			.param(UUID.fromString(id))
			.query(Integer.class)
			.single()).isZero();
		assertThat(this.shop.explained(accepted(send)).path("explanation").toString()).contains("permission", "variant",
				"experiment");
	}

	@Test
	void holdsOutOnlyRecipientsWithPermission() {
		for (int user = 0; user < 16; user++) {
			visitor(false);
		}
		people(12);
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> reached() == 28);
		String id = create(brief("welcome", ",\"holdoutPercent\":50"));
		launch(id);
		awaitStatus(id, "completed");
		assertThat(this.jdbc.sql("""
				SELECT count(*) FROM delivery.send
				WHERE run_id = ? AND status = 'withheld' AND reason NOT IN ('holdout', 'global_holdout')
				""").param(UUID.fromString(id)).query(Integer.class).single()).as("withheld without consent")
			.isEqualTo(16);
		assertThat(this.jdbc.sql("""
				SELECT count(*) FROM experiment.exposure
				WHERE profile_id IN (SELECT profile_id FROM delivery.send WHERE run_id = ?)
				""").param(UUID.fromString(id)).query(Integer.class).single()).isEqualTo(12);
	}

	@Test
	void refusesAnInvalidBriefWithThePointer() {
		people(1);
		assertRefused(brief("no-such-template", ""), "/template", "no-such-template");
		assertRefused(brief("welcome", "").replace("Spring", "Spring\\tsale"), "/name", "control character U+0009");
		assertRefused(brief("welcome", "").replace(this.segment, "no-such-segment"), "/segment", "no-such-segment");
		assertRefused(brief("welcome", ",\"schedule\":\"2020-01-01T00:00:00Z\""), "/schedule", "in the past");
		assertRefused(brief("welcome", ",\"schedule\":\"tomorrow\""), "/schedule", "tomorrow");
		assertRefused(brief("welcome", ",\"holdoutPercent\":80"), "/holdoutPercent", "80");
		assertRefused(brief("welcome", ",\"experiment\":{\"variants\":[\"a\"]}"), "/experiment/variants", "two to");
		assertRefused(
				brief("welcome",
						",\"experiment\":{\"variants\":[\"a\",{\"name\":\"b\",\"subject\":\"For {{ unknown }}\"}]}"),
				"/experiment/variants/1/subject", "unknown");
		assertRefused(brief("welcome", ",\"experiment\":{\"metric\":\"open\"}"), "/experiment/metric", "open");
	}

	@Test
	void refusesABriefForAnEmptySegment() {
		segment("did \"%s\"".formatted(this.event));
		assertRefused(brief("welcome", ""), "/segment", "is empty now");
	}

	@Test
	void listsCampaignsInPages() {
		people(1);
		String older = create(brief("welcome", ""));
		String newer = create(brief("welcome", ""));
		JsonNode first = list("limit=1");
		assertThat(first.at("/items/0/id").asText()).isEqualTo(newer);
		JsonNode second = list("limit=1&cursor=" + first.path("nextCursor").asText());
		assertThat(second.at("/items/0/id").asText()).isEqualTo(older);
		assertThat(this.shop.api(Role.MARKETER, HttpMethod.GET, "/api/v1/campaigns?cursor=x", null).getStatusCode())
			.isEqualTo(HttpStatus.BAD_REQUEST);
	}

	private JsonNode list(String query) {
		return this.shop.api(Role.MARKETER, HttpMethod.GET, "/api/v1/campaigns?" + query, null).getBody();
	}

	@Test
	void launchesOnceAndCancelsBeforeTheEndOnly() {
		people(2);
		String id = create(brief("welcome", ""));
		assertThat(act(id, "pause").getStatusCode().value()).isEqualTo(409);
		launch(id);
		ResponseEntity<JsonNode> again = act(id, "launch");
		assertThat(again.getStatusCode().value()).isEqualTo(409);
		assertThat(again.getBody().path("detail").asText()).contains(id, "cannot be launched");
		awaitStatus(id, "completed");
		assertThat(act(id, "cancel").getStatusCode().value()).isEqualTo(409);
		assertThat(act(UUID.randomUUID().toString(), "launch").getStatusCode().value()).isEqualTo(404);
	}

	@Test
	void cancelsAScheduledCampaignBeforeTheFirstSend() {
		people(2);
		String id = create(brief("welcome", ",\"schedule\":\"%s\"".formatted(Instant.now().plusSeconds(86_400))));
		launch(id);
		assertThat(act(id, "cancel").getStatusCode().value()).isEqualTo(202);
		JsonNode campaign = awaitStatus(id, "cancelled");
		assertThat(this.engine.getRuntimeService()
			.createProcessInstanceQuery()
			.processInstanceId(campaign.path("processInstanceId").asText())
			.count()).isZero();
		assertThat(sends(id)).isZero();
	}

	@Test
	void requiresApprovalForANewTemplate() {
		people(2);
		String id = create(brief("not-approved", ""));
		launch(id);
		JsonNode campaign = awaitStatus(id, "awaiting_approval");
		assertThat(campaign.path("reason").asText()).isEqualTo("new_template");
		Task task = task(campaign);
		assertThat(task.getTaskDefinitionKey()).isEqualTo("userTask_ApproveCampaign");
		assertThat(complete(task, "{\"decision\":\"rejected\"}").getStatusCode().value()).isEqualTo(400);
		assertThat(complete(task, "{\"decision\":\"rejected\",\"reason\":\"Not this season\"}").getStatusCode().value())
			.isEqualTo(204);
		assertThat(awaitStatus(id, "failed").path("reason").asText()).isEqualTo("not_approved");
		assertThat(sends(id)).isZero();
	}

	@Test
	void refusesARetiredSegmentButCompletesLaunchedCampaigns() {
		people(2);
		String draft = create(brief("welcome", ""));
		String launched = create(brief("not-approved", ""));
		launch(launched);
		Task approval = task(awaitStatus(launched, "awaiting_approval"));
		String segment = "/api/v1/segments/" + this.segment;
		assertThat(this.shop.api(Role.MARKETER, HttpMethod.POST, segment + "/retire", "").getStatusCode().value())
			.isEqualTo(200);
		for (ResponseEntity<JsonNode> refused : List.of(act(draft, "launch"),
				this.shop.api(Role.MARKETER, HttpMethod.POST, "/api/v1/campaigns", brief("welcome", "")))) {
			assertThat(refused.getStatusCode().value()).isEqualTo(409);
			assertThat(refused.getBody().path("detail").asText())
				.contains("'%s' has been retired".formatted(this.segment), "another segment");
		}
		assertThat(this.shop
			.api(Role.MARKETER, HttpMethod.POST, "/engine-rest/process-definition/key/campaign/start",
					"{\"variables\":{\"campaignId\":{\"value\":\"%s\"}}}".formatted(draft))
			.getStatusCode()
			.value()).isEqualTo(400);
		assertThat(complete(approval, "{\"decision\":\"approved\"}").getStatusCode().value()).isEqualTo(204);
		assertThat(awaitStatus(launched, "in_review").at("/audience/size").asInt()).isEqualTo(2);
		this.shop.api(Role.MARKETER, HttpMethod.POST, segment + "/versions/1/approve", "");
		assertThat(act(draft, "launch").getStatusCode().value()).isEqualTo(202);
		awaitStatus(draft, "completed");
		act(launched, "cancel");
	}

	@Test
	void reviewsFlaggedContentOnceForAllRecipients() {
		people(3);
		String id = create(brief("not-approved", ""));
		launch(id);
		complete(task(awaitStatus(id, "awaiting_approval")), "{\"decision\":\"approved\"}");
		Task task = task(awaitStatus(id, "in_review"));
		assertThat(task.getTaskDefinitionKey()).isEqualTo("userTask_ReviewContent");
		assertThat(sends(id)).isZero();
		assertThat(
				complete(task, "{\"decision\":\"approved\",\"subject\":\"x\",\"body\":\"y\"}").getStatusCode().value())
			.isEqualTo(204);
		awaitStatus(id, "completed");
		assertThat(sends(id)).isEqualTo(3);
	}

	@Test
	void pausesAndResumes() {
		people(3);
		String id = create(brief("welcome",
				",\"experiment\":{\"variants\":[\"a\",\"b\"],\"testPercent\":50,\"testDuration\":\"PT1H\"}"));
		launch(id);
		JsonNode testing = awaitStatus(id, "testing");
		assertThat(testing.path("experiment").path("arms")).hasSize(2);
		assertThat(act(id, "pause").getStatusCode().value()).isEqualTo(202);
		awaitStatus(id, "paused");
		assertThat(act(id, "resume").getStatusCode().value()).isEqualTo(202);
		awaitStatus(id, "testing");
		Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> sends(id) == 2);
		assertThat(act(id, "cancel").getStatusCode().value()).isEqualTo(202);
	}

	@Test
	void startsInTheEngineWithPlainVariables() {
		people(2);
		ResponseEntity<JsonNode> answer = this.shop.api(Role.MARKETER, HttpMethod.POST,
				"/engine-rest/process-definition/key/campaign/start", """
						{"variables":{"name":{"value":"From the engine"},"template":{"value":"welcome"},
						"segment":{"value":"%s"}}}
						""".formatted(this.segment));
		assertThat(answer.getStatusCode().value()).as(String.valueOf(answer.getBody())).isEqualTo(200);
		String id = answer.getBody().path("businessKey").asText();
		assertThat(awaitStatus(id, "completed").path("name").asText()).isEqualTo("From the engine");
	}

	@Test
	void refusesAnInvalidBriefInTheEngine() {
		ResponseEntity<JsonNode> answer = this.shop.api(Role.MARKETER, HttpMethod.POST,
				"/engine-rest/process-definition/key/campaign/start",
				"{\"variables\":{\"name\":{\"value\":\"x\"},\"template\":{\"value\":\"welcome\"}}}");
		assertThat(answer.getStatusCode().value()).as(String.valueOf(answer.getBody())).isEqualTo(400);
		assertThat(String.valueOf(answer.getBody())).contains("/segment");
	}

	private void people(int number) {
		for (int person = 0; person < number; person++) {
			visitor(true);
		}
		segment("did \"%s\"".formatted(this.event));
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> reached() >= number);
	}

	private long reached() {
		return this.segments.preview(TestTenant.ID, "did \"%s\"".formatted(this.event)).size();
	}

	private String visitor(boolean consent) {
		String user = "visitor-" + UUID.randomUUID();
		this.shop.identify(user, Shop.zoneAt(12), consent);
		this.shop.track(user, this.event, "{}");
		return user;
	}

	private void segment(String definition) {
		Segment added = this.segments.add(TestTenant.ID, "user:test",
				new SegmentDraft(this.segment, "Profiles of one test", "test", definition));
		this.segments.approve(TestTenant.ID, "user:test", this.segment, added.version());
	}

	private String brief(String template, String more) {
		return """
				{"name":"Spring","goal":"welcome","template":"%s","segment":"%s"%s}
				""".formatted(template, this.segment, more);
	}

	private String create(String brief) {
		ResponseEntity<JsonNode> answer = this.shop.api(Role.MARKETER, HttpMethod.POST, "/api/v1/campaigns", brief);
		assertThat(answer.getStatusCode().value()).as(String.valueOf(answer.getBody())).isEqualTo(201);
		assertThat(answer.getBody().path("status").asText()).isEqualTo("draft");
		return answer.getBody().path("id").asText();
	}

	private void launch(String id) {
		ResponseEntity<JsonNode> answer = act(id, "launch");
		assertThat(answer.getStatusCode().value()).as(String.valueOf(answer.getBody())).isEqualTo(202);
	}

	private ResponseEntity<JsonNode> act(String id, String action) {
		return this.shop.api(Role.MARKETER, HttpMethod.POST, "/api/v1/campaigns/" + id + "/" + action, "");
	}

	private void assertRefused(String brief, String pointer, String detail) {
		ResponseEntity<JsonNode> answer = this.shop.api(Role.MARKETER, HttpMethod.POST, "/api/v1/campaigns", brief);
		assertThat(answer.getStatusCode().value()).as(String.valueOf(answer.getBody())).isEqualTo(400);
		assertThat(answer.getBody().path("errors").findValuesAsText("pointer")).contains(pointer);
		assertThat(answer.getBody().toString()).contains(detail);
	}

	private JsonNode awaitStatus(String id, String status) {
		return Awaitility.await("campaign " + status)
			.atMost(Duration.ofSeconds(40))
			.until(() -> campaign(id), (campaign) -> campaign.path("status").asText().equals(status));
	}

	private JsonNode campaign(String id) {
		return this.shop.api(Role.MARKETER, HttpMethod.GET, "/api/v1/campaigns/" + id, null).getBody();
	}

	private Task task(JsonNode campaign) {
		return this.engine.getTaskService()
			.createTaskQuery()
			.processInstanceId(campaign.path("processInstanceId").asText())
			.singleResult();
	}

	private ResponseEntity<JsonNode> complete(Task task, String form) {
		String body = "{\"variables\":{\"review\":{\"type\":\"Json\",\"value\":\"%s\"}}}"
			.formatted(form.replace("\"", "\\\""));
		return this.shop.api(Role.REVIEWER, HttpMethod.POST, "/engine-rest/task/" + task.getId() + "/submit-form",
				body);
	}

	private int sends(String id) {
		return this.jdbc.sql("SELECT count(*) FROM delivery.send WHERE run_id = ?")
			.param(UUID.fromString(id))
			.query(Integer.class)
			.single();
	}

	private static String accepted(JsonNode sends) {
		for (JsonNode send : sends) {
			if (!send.path("acceptedAt").isMissingNode() && !send.path("acceptedAt").isNull()) {
				return send.path("id").asText();
			}
		}
		throw new AssertionError("No message was sent: " + sends);
	}

}
