package io.waypost.journey;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import io.waypost.access.Caller;
import io.waypost.access.Role;
import io.waypost.kernel.IdGenerator;
import io.waypost.kernel.JourneyRunId;
import io.waypost.kernel.SendId;
import io.waypost.ledger.Ledger;
import io.waypost.ledger.LedgerEntry;
import io.waypost.testing.Browser;
import io.waypost.testing.MutableClock;
import io.waypost.testing.TestDatabase;
import io.waypost.testing.TestTenant;
import io.waypost.testing.WaypostTest;
import org.awaitility.Awaitility;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.runtime.Incident;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** From events over HTTP to dispatched sends or withheld sends with a reason. */
@WaypostTest
class JourneyIntegrationTests {

	private static final String[] ON_ITS_WAY = { "QUEUED", "SUBMITTING", "ACCEPTED", "DELIVERED" };

	@Autowired
	private TestRestTemplate http;

	@Autowired
	private ProcessEngine engine;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private Journeys journeys;

	@Autowired
	private Ledger ledger;

	private Shop shop;

	@Autowired
	private MutableClock clock;

	@BeforeEach
	void openShop(@Autowired ApplicationContext waypost) {
		this.shop = Shop.in(waypost, this.http);
	}

	@AfterEach
	void resetClock() {
		this.clock.reset();
	}

	@Nested
	class Carts {

		@Test
		void sendsAnExplainedReminderForAnAbandonedCart() {
			String user = shop.customer();
			Map<String, Object> run = waitingCart(user);
			assertThat(shop.sends(user)).isEmpty();
			shop.passTime(instance(run));
			JsonNode send = shop.awaitSend(user, ON_ITS_WAY);
			assertThat(send.path("journey").asText()).isEqualTo("cart-abandonment");
			assertThat(send.path("explanation").toString()).contains("permission", "scores", "findings",
					"Product Added");
			assertThat(timer(run)).as("one day later")
				.isCloseTo(clock.instant().plus(Duration.ofHours(24)), within(2, ChronoUnit.MINUTES));
		}

		@Test
		void remindsAgainWithAnotherTemplateUntilTheOrder() {
			String user = shop.customer();
			Map<String, Object> run = waitingCart(user);
			shop.passTime(instance(run));
			awaitTemplates(user, "cart-abandonment");
			shop.passTime(instance(run));
			awaitTemplates(user, "cart-abandonment", "cart-reminder");
			assertThat(timer(run)).isCloseTo(clock.instant().plus(Duration.ofHours(48)), within(2, ChronoUnit.MINUTES));
			shop.order(user, "cart-of-" + user);
			assertThat(shop.awaitRun(user, "ended").get("outcome")).isEqualTo("Purchase completed");
			assertThat(shop.sends(user)).hasSize(2);
		}

		@Test
		void defersTheThirdMessageOfOneDay() {
			String user = shop.customer();
			Map<String, Object> run = waitingCart(user);
			for (int message = 0; message < 3; message++) {
				shop.passTime(instance(run));
			}
			awaitTemplates(user, "cart-abandonment", "cart-reminder", "cart-last-reminder");
			Awaitility.await()
				.untilAsserted(() -> assertThat(shop.sends(user))
					.filteredOn((send) -> send.path("template").asText().equals("cart-last-reminder"))
					.extracting((send) -> send.path("status").asText())
					.containsExactly("deferred"));
		}

		private void awaitTemplates(String user, String... templates) {
			Awaitility.await()
				.atMost(Duration.ofSeconds(20))
				.untilAsserted(() -> assertThat(shop.sends(user)).extracting((send) -> send.path("template").asText())
					.containsExactlyInAnyOrder(templates));
		}

		private Instant timer(Map<String, Object> run) {
			return engine.getManagementService()
				.createJobQuery()
				.processInstanceId(instance(run))
				.timers()
				.singleResult()
				.getDuedate()
				.toInstant();
		}

		@Test
		void isCancelledByThePurchase() {
			String user = shop.customer();
			waitingCart(user);
			shop.order(user, "cart-of-" + user);
			assertThat(shop.awaitRun(user, "ended").get("outcome")).isEqualTo("Purchase completed");
			assertThat(shop.sends(user)).isEmpty();
		}

		@Test
		void doesNotSendAfterAnUnsubscribeDuringTheWait() {
			String user = shop.customer();
			Map<String, Object> run = waitingCart(user);
			shop.identify(user, Shop.zoneAt(12), false);
			shop.passTime(instance(run));
			JsonNode send = shop.awaitSend(user, "WITHHELD");
			assertThat(send.path("explanation").path("permission").path("permission").asText()).isEqualTo("WITHHELD");
		}

		@Test
		void startsOncePerCartAndWindow() {
			String user = shop.customer();
			waitingCart(user);
			shop.fillCart(user, "cart-of-" + user);
			shop.fillCart(user, "second-cart-of-" + user);
			assertThat(shop.runs(user)).extracting((run) -> run.get("key"))
				.containsExactly("cart-of-" + user, "second-cart-of-" + user);
		}

		@Test
		void waitsOnARealTimerForTheSendWindow() {
			String user = "night-" + UUID.randomUUID();
			shop.identify(user, Shop.zoneAt(2), true);
			Map<String, Object> run = waitingCart(user);
			shop.passTime(instance(run));
			shop.awaitSend(user, "DEFERRED");
			shop.identify(user, Shop.zoneAt(12), true);
			shop.passTime(shop.messageInstance(run));
			shop.awaitSend(user, ON_ITS_WAY);
		}

		@Test
		void recordsThePathOfARun() {
			String user = shop.customer();
			Map<String, Object> run = waitingCart(user);
			shop.passTime(instance(run));
			shop.awaitSend(user, ON_ITS_WAY);
			List<JourneyPath> path = journeys.path(TestTenant.ID, JourneyRunId.of(run.get("id").toString()));
			assertThat(path).extracting(JourneyPath::key).containsExactly("cart-abandonment", "personalised-message");
			assertThat(path.get(1).activities()).containsSubsequence("serviceTask_OpenSend",
					"serviceTask_CheckPermission", "serviceTask_PlanContent", "serviceTask_InspectContent",
					"serviceTask_QueueSend", "endEvent_MessageQueued");
			assertThat(path.get(1).active()).isEmpty();
			assertThat(journeys.diagram(TestTenant.ID, path.get(1).definitionId())).get()
				.asString()
				.contains("personalised-message");
		}

		private Map<String, Object> waitingCart(String user) {
			shop.fillCart(user, "cart-of-" + user);
			return shop.awaitRun(user, "running");
		}

	}

	@Nested
	class Reviews {

		@Test
		void sendsApprovedContent() {
			Task task = review();
			assertThat(complete(task, "{\"decision\":\"approved\"}").getStatusCode()).isEqualTo(HttpStatus.NO_CONTENT);
			JsonNode send = awaitStatus(task, ON_ITS_WAY);
			assertThat(send.path("explanation").path("review").path("decision").asText()).isEqualTo("APPROVED");
			assertThat(ledgerOf(task)).extracting(LedgerEntry::kind).contains("review.approved");
			assertThat(ledgerOf(task)).filteredOn((entry) -> entry.kind().equals("review.approved"))
				.extracting(LedgerEntry::actor)
				.containsExactly("token:test-token-reviewer");
		}

		@Test
		void defersApprovedContentDuringQuietHours() {
			Task task = review(shop.customer());
			String written = content(task);
			approveAtNight(task);
			assertThat(sent(task)).as("at night").isZero();
			clock.advance(Duration.ofHours(9));
			shop.passTime(task.getProcessInstanceId());
			awaitStatus(task, "DELIVERED");
			assertThat(sent(task)).isEqualTo(1);
			assertThat(content(task)).isEqualTo(written);
			assertThat(ledgerOf(task)).extracting(LedgerEntry::kind).containsOnlyOnce("send.deferred", "send.queued");
		}

		@Test
		void withholdsApprovedContentAfterAnUnsubscribe() {
			String user = shop.customer();
			Task task = review(user);
			approveAtNight(task);
			shop.identify(user, Shop.zoneAt(12), false);
			clock.advance(Duration.ofHours(9));
			shop.passTime(task.getProcessInstanceId());
			assertThat(awaitStatus(task, "WITHHELD").path("reason").asText()).isEqualTo("denied");
			assertThat(sent(task)).isZero();
		}

		/** Approves content eleven hours after noon. */
		private void approveAtNight(Task task) {
			clock.advance(Duration.ofHours(11));
			assertThat(complete(task, "{\"decision\":\"approved\"}").getStatusCode()).isEqualTo(HttpStatus.NO_CONTENT);
			JsonNode send = awaitStatus(task, "DEFERRED");
			assertThat(send.path("reason").asText()).isEqualTo("quiet_hours");
			assertThat(send.path("explanation").path("review").path("decision").asText()).isEqualTo("APPROVED");
		}

		private String content(Task task) {
			return jdbc.sql("SELECT draft::text FROM delivery.send WHERE id = ?::uuid")
				.param(send(task))
				.query(String.class)
				.single();
		}

		private int sent(Task task) {
			return jdbc.sql("SELECT count(*) FROM delivery.sandbox_message WHERE send_id = ?::uuid")
				.param(send(task))
				.query(Integer.class)
				.single();
		}

		@Test
		void inspectsChangedContentAgain() {
			Task task = review();
			assertThat(complete(task,
					"{\"decision\":\"changed\",\"reason\":\"too dry\",\"subject\":\"Hello again\",\"body\":\"First.\\n\\nSecond.\"}")
				.getStatusCode()).isEqualTo(HttpStatus.NO_CONTENT);
			Task again = Awaitility.await()
				.atMost(Duration.ofSeconds(20))
				.until(() -> taskOf(send(task)), (found) -> found != null && !found.getId().equals(task.getId()));
			assertThat(form(again)).contains("Hello again", "First.");
		}

		@Test
		void withholdsRejectedContent() {
			Task task = review();
			complete(task, "{\"decision\":\"rejected\",\"reason\":\"not our tone\"}");
			assertThat(awaitStatus(task, "WITHHELD").path("explanation").path("review").path("comment").asText())
				.isEqualTo("not our tone");
		}

		@Test
		void usesFallbackContentWhenAReviewExpires() {
			Task task = review();
			Job expiry = engineJob(task, "boundaryEvent_ReviewExpired");
			engine.getManagementService().executeJob(expiry.getId());
			Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> task(task.getId()) == null);
			Awaitility.await()
				.atMost(Duration.ofSeconds(20))
				.until(() -> ledgerOf(task).stream().anyMatch((entry) -> entry.kind().equals("review.expired")));
		}

		@Test
		void escalatesAnOverdueReviewToOperators() {
			Task task = review();
			engine.getManagementService().executeJob(engineJob(task, "boundaryEvent_ReviewOverdue").getId());
			assertThat(task(task.getId()).getPriority()).isEqualTo(90);
			assertThat(engine.getTaskService()
				.createTaskQuery()
				.taskId(task.getId())
				.taskCandidateGroup("operator")
				.count()).isEqualTo(1);
		}

		@Test
		void refusesDecisionsTheFormWouldNotAllow() {
			Task task = review();
			for (String form : List.of("{\"decision\":\"rejected\"}", "{\"decision\":\"maybe\"}", "{}",
					"{\"decision\":\"changed\",\"reason\":\"because\",\"subject\":\"\",\"body\":\"\"}",
					"{\"decision\":\"rejected\",\"reason\":\"%s\"}".formatted("x".repeat(1001)))) {
				assertThat(complete(task, form).getStatusCode()).as(form).isEqualTo(HttpStatus.BAD_REQUEST);
			}
			assertThat(task(task.getId())).isNotNull();
		}

		@Test
		void showsThePreviewToReviewersInASandbox() {
			Task task = review();
			HttpResponse<String> preview = page(Role.REVIEWER, "/review/" + task.getId() + "/preview");
			assertThat(preview.statusCode()).isEqualTo(200);
			assertThat(preview.headers().allValues("Content-Security-Policy"))
				.anySatisfy((policy) -> assertThat(policy).contains("sandbox", "default-src 'none'"));
			assertThat(preview.body()).contains("<html");
			assertThat(page(Role.MARKETER, "/review/" + task.getId() + "/preview").statusCode()).isEqualTo(403);
			assertThat(page(Role.REVIEWER, "/review/nothing/preview").statusCode()).isEqualTo(404);
		}

		@Test
		void keepsContentOutOfHistory() {
			Task task = review();
			complete(task, "{\"decision\":\"rejected\",\"reason\":\"private reason\"}");
			awaitStatus(task, "WITHHELD");
			assertThat(jdbc.sql(
					"SELECT count(*) FROM act_hi_varinst WHERE name_ NOT IN ('tenantId', 'runId', 'sendId', 'reviewDecision',"
							+ " 'campaignId', 'chunk', 'contentId')")
				.query(Long.class)
				.single()).isZero();
			assertThat(jdbc.sql("SELECT count(*) FROM act_hi_detail").query(Long.class).single()).isZero();
		}

		private Task review() {
			return review(shop.customer());
		}

		private Task review(String user) {
			JsonNode answer = shop
				.api(Role.MARKETER, HttpMethod.POST, "/api/v1/campaigns/trigger",
						"{\"userId\":\"%s\",\"template\":\"not-approved\"}".formatted(user))
				.getBody();
			return Awaitility.await()
				.atMost(Duration.ofSeconds(20))
				.until(() -> taskOf(answer.path("sendId").asText()), (found) -> found != null);
		}

		private Task taskOf(String send) {
			return engine.getTaskService().createTaskQuery().processVariableValueEquals("sendId", send).singleResult();
		}

		private Task task(String id) {
			return engine.getTaskService().createTaskQuery().taskId(id).singleResult();
		}

		private String send(Task task) {
			return jdbc.sql("SELECT text_ FROM act_hi_varinst WHERE name_ = 'sendId' AND proc_inst_id_ = ?")
				.param(task.getProcessInstanceId())
				.query(String.class)
				.single();
		}

		private String form(Task task) {
			return String.valueOf(engine.getTaskService().getVariableLocal(task.getId(), "review"));
		}

		private Job engineJob(Task task, String activity) {
			return engine.getManagementService()
				.createJobQuery()
				.processInstanceId(task.getProcessInstanceId())
				.activityId(activity)
				.singleResult();
		}

		private List<LedgerEntry> ledgerOf(Task task) {
			return ledger.findBySubject(TestTenant.ID, "send:" + send(task));
		}

		private ResponseEntity<JsonNode> complete(Task task, String form) {
			String value = form.replace("\\", "\\\\").replace("\"", "\\\"");
			return shop.api(Role.REVIEWER, HttpMethod.POST, "/engine-rest/task/" + task.getId() + "/submit-form",
					"{\"variables\":{\"review\":{\"type\":\"Json\",\"value\":\"%s\"}}}".formatted(value));
		}

		private JsonNode awaitStatus(Task task, String... statuses) {
			String send = send(task);
			return Awaitility.await()
				.atMost(Duration.ofSeconds(20))
				.until(() -> shop.explained(send),
						(found) -> List.of(statuses).contains(found.path("status").asText().toUpperCase(Locale.ROOT)));
		}

		private HttpResponse<String> page(Role role, String path) {
			Browser browser = Browser.signIn(http.getRootUri(), TestTenant.user(role));
			return browser.get(path);
		}

	}

	@Nested
	class SingleMessage {

		@Test
		void runsTheWholeChain() {
			String user = shop.customer();
			ResponseEntity<JsonNode> answer = trigger("{\"userId\":\"%s\",\"template\":\"welcome\"}".formatted(user));
			assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.ACCEPTED);
			JsonNode send = shop.awaitSend(user, ON_ITS_WAY);
			assertThat(send.path("id").asText()).isEqualTo(answer.getBody().path("sendId").asText());
		}

		@Test
		void answersTheSameKeyWithTheSameSend() {
			String user = shop.customer();
			String body = "{\"userId\":\"%s\",\"template\":\"welcome\"}".formatted(user);
			String key = UUID.randomUUID().toString();
			String first = trigger(body, "Idempotency-Key", key).getBody().path("sendId").asText();
			assertThat(trigger(body, "Idempotency-Key", key).getBody().path("sendId").asText()).isEqualTo(first);
			assertThat(trigger(body.replace("welcome", "milestone"), "Idempotency-Key", key).getStatusCode())
				.isEqualTo(HttpStatus.UNPROCESSABLE_ENTITY);
			shop.awaitSend(user, ON_ITS_WAY);
		}

		/** After a crash the request is carried out again with the same id. */
		@Test
		void sendsOneMessageForARequestThatIsCarriedOutTwice(@Autowired SingleMessages messages,
				@Autowired IdGenerator ids) {
			String user = shop.customer();
			Caller caller = new Caller(TestTenant.ID, "anna", Set.of(Role.MARKETER));
			UUID request = ids.next();
			SendId first = messages.trigger(caller, user, "welcome", Map.of(), request);
			shop.awaitSend(user, ON_ITS_WAY);
			assertThat(messages.trigger(caller, user, "welcome", Map.of(), request)).isEqualTo(first);
			assertThat(jdbc.sql("SELECT count(*) FROM journey.run WHERE id = ?")
				.param(request)
				.query(Integer.class)
				.single()).isEqualTo(1);
			assertThat(messages.trigger(caller, user, "welcome", Map.of(), ids.next())).isNotEqualTo(first);
		}

		@Test
		void namesUnknownAndInvalidFields() {
			String user = shop.customer();
			assertThat(
					trigger("{\"userId\":\"unknown-user\",\"template\":\"welcome\"}").getBody().path("detail").asText())
				.contains("unknown-user");
			ResponseEntity<JsonNode> noTemplate = trigger(
					"{\"userId\":\"%s\",\"template\":\"nothing\"}".formatted(user));
			assertThat(noTemplate.getStatusCode()).isEqualTo(HttpStatus.NOT_FOUND);
			assertThat(noTemplate.getBody().path("detail").asText()).contains("'nothing'", "/api/v1/templates");
			ResponseEntity<JsonNode> wrong = trigger("{\"properties\":{\"deep\":{\"a\":1}}}");
			assertThat(wrong.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
			assertThat(wrong.getBody().path("errors").findValuesAsText("pointer")).containsExactlyInAnyOrder("/userId",
					"/template", "/properties/deep");
			assertThat(trigger("{\"userId\":").getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
		}

		private ResponseEntity<JsonNode> trigger(String body, String... headers) {
			return shop.api(Role.MARKETER, HttpMethod.POST, "/api/v1/campaigns/trigger", body, headers);
		}

	}

	@Test
	void welcomesAtOnceAndStopsTheFollowUpAfterAnOrder() {
		String user = this.shop.customer();
		this.shop.track(user, "Signed Up", "{}");
		this.shop.awaitSend(user, ON_ITS_WAY);
		this.shop.order(user, "none");
		assertThat(this.shop.awaitRun(user, "ended").get("outcome")).isEqualTo("Purchase completed");
	}

	/**
	 * The database fails an agent on every try: the job becomes an incident, and
	 * recovers.
	 */
	@Test
	void showsAnIncidentWhileAnAgentsDatabaseFailsAndRecovers() {
		String user = this.shop.customer();
		TestDatabase.superuserOfSharedContext().sql("ALTER TABLE delivery.send RENAME TO send_away").update();
		String instance;
		try {
			this.shop.track(user, "Signed Up", "{}");
			instance = instance(this.shop.awaitRun(user, "running"));
			Job job = this.engine.getManagementService().createJobQuery().processInstanceId(instance).singleResult();
			Awaitility.await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> {
				if (this.engine.getRuntimeService().createIncidentQuery().processInstanceId(instance).count() == 1) {
					return true;
				}
				this.engine.getManagementService().setJobRetries(job.getId(), 1);
				return false;
			});
			Incident incident = this.engine.getRuntimeService()
				.createIncidentQuery()
				.processInstanceId(instance)
				.singleResult();
			assertThat(incident.getIncidentType()).isEqualTo("failedJob");
			assertThat(incident.getTenantId()).isEqualTo(TestTenant.ID.value());
		}
		finally {
			TestDatabase.superuserOfSharedContext().sql("ALTER TABLE delivery.send_away RENAME TO send").update();
		}
		Job job = this.engine.getManagementService().createJobQuery().processInstanceId(instance).singleResult();
		this.engine.getManagementService().setJobRetries(job.getId(), 3);
		this.engine.getManagementService().executeJob(job.getId());
		assertThat(this.engine.getRuntimeService().createIncidentQuery().processInstanceId(instance).count()).isZero();
		this.shop.awaitSend(user, ON_ITS_WAY);
	}

	/** A planner that always fails leads to fallback content or an explained stop. */
	@Test
	void fallsBackOnTheLastTryOfAFailingAgent() {
		String user = this.shop.customer();
		TestDatabase.superuserOfSharedContext().sql("ALTER TABLE content.product RENAME TO product_away").update();
		try {
			this.shop.track(user, "Signed Up", "{}");
			String instance = instance(this.shop.awaitRun(user, "running"));
			Awaitility.await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> {
				List<Job> jobs = this.engine.getManagementService()
					.createJobQuery()
					.processInstanceId(instance)
					.messages()
					.list();
				jobs.forEach((job) -> this.engine.getManagementService().setJobRetries(job.getId(), 1));
				return this.shop.sends(user).size() == 1
						&& !this.shop.sends(user).get(0).path("status").asText().equalsIgnoreCase("planned");
			});
			assertThat(this.engine.getRuntimeService().createIncidentQuery().processInstanceId(instance).count())
				.isZero();
		}
		finally {
			TestDatabase.superuserOfSharedContext().sql("ALTER TABLE content.product_away RENAME TO product").update();
		}
	}

	@Test
	void listsJourneysWithRunningCounts() {
		String user = this.shop.customer();
		this.shop.fillCart(user, "cart-of-" + user);
		this.shop.awaitRun(user, "running");
		JsonNode items = this.shop.api(Role.COMPLIANCE, HttpMethod.GET, "/api/v1/journeys", null)
			.getBody()
			.path("items");
		assertThat(items).anySatisfy((journey) -> {
			assertThat(journey.path("key").asText()).isEqualTo("cart-abandonment");
			assertThat(journey.path("running").asLong()).isPositive();
		});
		assertThat(this.journeys.runningByActivity(TestTenant.ID, "cart-abandonment"))
			.containsKey("eventGateway_WaitForOrder");
	}

	private static String instance(Map<String, Object> run) {
		return run.get("process_instance_id").toString();
	}

}
