package io.waypost.journey;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.UUID;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.campaign.Campaign;
import io.waypost.campaign.CampaignChunks;
import io.waypost.campaign.Campaigns;
import io.waypost.content.EmailDraft;
import io.waypost.delivery.ContentClearance;
import io.waypost.journey.check.DeploymentContext;
import io.waypost.journey.check.JourneyChecker;
import io.waypost.kernel.CampaignId;
import io.waypost.kernel.TenantId;
import io.waypost.testing.TestTenant;
import io.waypost.testing.UncheckedModels;
import io.waypost.testing.WaypostTest;
import org.awaitility.Awaitility;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.StringUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * No model gets a send queued without permission, inspected content and a needed review.
 * All models here are deployed without the journey checker: what is tested is the check
 * at the point of effect.
 */
@WaypostTest
class SendGateIntegrationTests {

	/** Template whose content always needs a review. */
	private static final String REVIEWED = "not-approved";

	private static final String APPROVED = "welcome";

	private static final int MODELS = Integer.getInteger("models", 150);

	private static final long SEED = Long.getLong("seed", 20261130L);

	private static final int AT_ONCE = 50;

	@Autowired
	private TestRestTemplate http;

	@Autowired
	private ProcessEngine engine;

	@Autowired
	private IdentityService identity;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private Campaigns campaigns;

	@Autowired
	private CampaignChunks chunks;

	@Autowired
	private ObjectMapper mapper;

	@Autowired
	private ApplicationContext waypost;

	private Shop shop;

	private final List<String> deployed = new ArrayList<>();

	@BeforeEach
	void openShop() {
		this.shop = Shop.in(this.waypost, this.http);
	}

	@AfterEach
	void removeModels() {
		this.identity.clearAuthentication();
		this.deployed.forEach(
				(id) -> Awaitility.await().ignoreException(OptimisticLockingException.class).until(() -> delete(id)));
		this.deployed.clear();
	}

	private boolean delete(String deployment) {
		this.engine.getRepositoryService().deleteDeployment(deployment, true, true, true);
		return true;
	}

	/**
	 * Chains of steps, and why each must not queue. The suffix {@code +} ends the
	 * transaction after the step.
	 */
	@ParameterizedTest
	@CsvSource({
			// no permission, no inspection
			"openSend plannerAgent executorAgent guardrailAgent queueSend, welcome",
			"openSend permissionCheck plannerAgent executorAgent queueSend, welcome",
			// content that was written after the inspection
			"openSend permissionCheck plannerAgent executorAgent guardrailAgent fallbackExecutorAgent queueSend, welcome",
			// a verdict that an asynchronous continuation or a timer forgot
			"openSend permissionCheck plannerAgent executorAgent guardrailAgent+ queueSend, not-approved",
			"openSend permissionCheck plannerAgent executorAgent guardrailAgent timer queueSend, not-approved",
			"openSend permissionCheck plannerAgent executorAgent guardrailAgent flagForReview+ queueSend, not-approved",
			// a step after the inspection that overwrote the verdict REVIEW
			"openSend plannerAgent executorAgent guardrailAgent permissionCheck queueSend, not-approved",
			"openSend permissionCheck plannerAgent executorAgent guardrailAgent evaluatorAgent permissionCheck queueSend, not-approved",
			"openSend permissionCheck plannerAgent executorAgent guardrailAgent throttlingCheck queueSend, not-approved",
			// a review that nobody decided
			"openSend permissionCheck plannerAgent executorAgent guardrailAgent flagForReview applyReview queueSend, not-approved",
			"openSend permissionCheck plannerAgent executorAgent guardrailAgent flagForReview expireReview queueSend, not-approved",
			// no check of quiet hours and frequency caps
			"openSend permissionCheck plannerAgent executorAgent guardrailAgent queueSend, welcome",
			// a compensation handler that writes after the inspection
			"openSend permissionCheck plannerAgent executorAgent guardrailAgent compensation queueSend, welcome" })
	void queuesNothingWithoutItsFacts(String steps, String template) {
		Customer ada = customer(true);
		run(ada, model(steps), template, "s");
		assertThat(queued(ada)).as("sends of " + steps).isEmpty();
	}

	@Test
	void queuesWhatHasAllFactsEvenOverSavePoints() {
		Customer ada = customer(true);
		run(ada, model(
				"openSend+ permissionCheck+ throttlingCheck+ plannerAgent+ executorAgent+ guardrailAgent+ queueSend"),
				APPROVED, "s");
		// The job executor may run a part of the jobs
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> queued(ada).size() == 1);
	}

	/** Each of them passed the check of the send window before the first was queued. */
	@Test
	void countsMessagesThatWaitedTowardsTheFrequencyCap() {
		Customer ada = customer(true);
		deploy(Map.of("attack", model(
				"openSend permissionCheck throttlingCheck plannerAgent executorAgent guardrailAgent wait queueSend")));
		List<String> instances = IntStream.range(0, 5)
			.mapToObj((number) -> start(ada, "attack", APPROVED, "s" + number))
			.toList();
		instances.forEach(this::runJobs);
		List<String> refused = new ArrayList<>();
		for (String instance : instances) {
			try {
				this.engine.getTaskService()
					.createTaskQuery()
					.processInstanceId(instance)
					.list()
					.forEach((task) -> this.engine.getTaskService().complete(task.getId()));
			}
			catch (RuntimeException ex) {
				refused.add(ex.toString());
			}
		}
		assertThat(queued(ada)).as("refused: %s", refused).hasSize(2);
		assertThat(refused).hasSize(3).allMatch((problem) -> problem.contains("waited after Check send window"));
	}

	@Test
	void queuesNothingForSomeoneWithoutConsent() {
		Customer ada = customer(false);
		run(ada, model("openSend permissionCheck plannerAgent executorAgent guardrailAgent queueSend"), APPROVED, "s");
		assertThat(queued(ada)).isEmpty();
	}

	@Test
	void queuesNothingAfterAJumpToTheQueue() {
		Customer ada = customer(true);
		String instance = run(ada, model("openSend wait queueSend"), APPROVED, "s");
		assertThatThrownBy(() -> this.engine.getRuntimeService()
			.createModification(definition(instance))
			.startBeforeActivity("queueSend_2")
			.processInstanceIds(instance)
			.execute()).hasMessageContaining("must not be queued");
		assertThat(queued(ada)).isEmpty();
	}

	@Test
	void acceptsAReviewOnlyForTheContentThatWasSeen() {
		Customer ada = customer(true);
		String instance = run(ada,
				model("openSend permissionCheck plannerAgent executorAgent guardrailAgent flagForReview review "
						+ "fallbackExecutorAgent guardrailAgent flagForReview+ applyReview queueSend"),
				REVIEWED, "s");
		complete(instance, "reviewer", "approved");
		runJobs(instance);
		assertThat(queued(ada)).as("the approval was for the content before").isEmpty();
	}

	@Test
	void acceptsAReviewFromReviewersOnly() {
		Customer ada = customer(true);
		String instance = run(ada, model(
				"openSend permissionCheck throttlingCheck plannerAgent executorAgent guardrailAgent flagForReview review applyReview queueSend"),
				REVIEWED, "s");
		assertThatThrownBy(() -> complete(instance, "modeler", "approved")).hasMessageContaining("role reviewer");
		assertThat(queued(ada)).isEmpty();
		complete(instance, "reviewer", "approved");
		assertThat(queued(ada)).hasSize(1);
	}

	@Test
	void startsNoRollOutWithoutTheAnswerOfTheApprovalTable() {
		CampaignTestData data = CampaignTestData.in(this.waypost, this.http);
		data.people(1, 12, true);
		Campaign campaign = this.campaigns.require(TestTenant.ID, CampaignId.of(data.created("welcome", "")));
		TenantId tenant = TestTenant.ID;
		assertThatThrownBy(() -> this.chunks.startRollout(tenant, campaign.id())).hasMessageContaining("was not asked");
		assertThatThrownBy(() -> this.chunks.startWaiting(tenant, campaign.id())).hasMessageContaining("was not asked");
		assertThatThrownBy(() -> this.chunks.startTest(tenant, campaign.id())).hasMessageContaining("was not asked");
	}

	/**
	 * Random models; their number is {@code -Dmodels}, the seed {@code -Dseed}. The facts
	 * are taken from the database and from what the test knows about its customers.
	 */
	@Test
	void noRandomModelQueuesWithoutPermissionInspectionAndReview() {
		Random random = new Random(SEED);
		List<Customer> customers = new ArrayList<>();
		for (int index = 0; index < 12; index++) {
			customers.add(customer(index % 3 != 0));
		}
		Counts counts = new Counts();
		for (int first = 0; first < MODELS; first += AT_ONCE) {
			runBatch(random, customers, first, counts);
		}
		int queued = customers.stream().mapToInt((customer) -> check(customer, queued(customer))).sum();
		System.out.printf("models=%d seed=%d acceptedByChecker=%d deployed=%d ran=%d refused=%d queued=%d%n", MODELS,
				SEED, counts.accepted, counts.deployed, counts.ran, counts.refused, queued);
		assertThat(queued).as("some models are correct").isPositive();
	}

	/** Each model has its own random numbers, so that one number gives one model. */
	private void runBatch(Random random, List<Customer> customers, int first, Counts counts) {
		Map<String, RandomModel> models = new HashMap<>();
		Map<String, String> texts = new HashMap<>();
		for (int number = first; number < Math.min(first + AT_ONCE, MODELS); number++) {
			String key = "random-" + number;
			RandomModel model = new RandomModel(new Random(SEED + number));
			String text = model.xml(key);
			counts.accepted += accepted(text) ? 1 : 0;
			models.put(key, model);
			texts.put(key, text);
		}
		for (String key : deployable(texts)) {
			counts.deployed++;
			Customer customer = customers.get(random.nextInt(customers.size()));
			attack(random, customer, key, models.get(key), counts);
		}
		removeModels();
	}

	private void attack(Random random, Customer customer, String key, RandomModel model, Counts counts) {
		String template = random.nextBoolean() ? APPROVED : REVIEWED;
		try {
			String instance = start(customer, key, template, key);
			counts.ran++;
			for (int round = 0; round < 6 && isRunning(instance); round++) {
				runJobs(instance);
				act(random, instance, model);
			}
			if (isRunning(instance)) {
				this.engine.getRuntimeService().deleteProcessInstance(instance, "test ended", true, true);
			}
		}
		catch (RuntimeException refused) {
			counts.refused++;
		}
	}

	private void act(Random random, String instance, RandomModel model) {
		try {
			switch (random.nextInt(6)) {
				case 0 -> complete(instance, "reviewer", "rejected");
				case 1 -> complete(instance, "modeler", "approved");
				case 2 -> massAssign(instance);
				case 3 -> jump(random, instance, model);
				default -> complete(instance, "reviewer", "approved");
			}
		}
		catch (RuntimeException refused) {
			// the engine or the product refused the attack; the facts are checked later
		}
	}

	private void massAssign(String instance) {
		this.engine.getTaskService()
			.createTaskQuery()
			.processInstanceId(instance)
			.list()
			.forEach((task) -> this.engine.getTaskService()
				.complete(task.getId(), Map.of("route", "CONTINUE", "reviewDecision", "APPROVED")));
	}

	private void jump(Random random, String instance, RandomModel model) {
		if (!model.queues().isEmpty()) {
			this.engine.getRuntimeService()
				.createProcessInstanceModification(instance)
				.startBeforeActivity(model.queues().get(random.nextInt(model.queues().size())))
				.execute();
		}
	}

	private int check(Customer customer, List<Queued> queued) {
		for (Queued send : queued) {
			assertThat(customer.consent()).as("permission of " + send).isTrue();
			JsonNode inspection = send.explanation().path("inspection");
			assertThat(send.explanation().at("/throttling/decision").asText()).as("caps of " + send).isEqualTo("SEND");
			String digest = ContentClearance.digest(send.draft(),
					Map.of("inspection", Map.of("brand", inspection.path("brand").asText())));
			assertThat(inspection.path("content").asText()).as("inspection of " + send).isEqualTo(digest);
			boolean reviewed = this.jdbc.sql("""
					SELECT count(*) > 0 FROM journey.review
					WHERE send_id = ? AND decision = 'APPROVED' AND content = ? AND reviewer = 'user:test-reviewer'
					""").params(send.id(), digest).query(Boolean.class).single();
			if (send.template().equals(REVIEWED) || inspection.path("route").asText().equals("REVIEW")) {
				assertThat(reviewed).as("review of " + send).isTrue();
			}
		}
		return queued.size();
	}

	private List<Queued> queued(Customer customer) {
		return this.jdbc.sql("""
				SELECT id, template, draft, explanation FROM delivery.send
				WHERE profile_id = ? AND queued_at IS NOT NULL AND step <> 'reminder'
				""")
			.param(customer.profile())
			.query((row, number) -> new Queued(row.getObject("id", UUID.class), row.getString("template"),
					read(row.getString("draft"), EmailDraft.class), read(row.getString("explanation"), JsonNode.class)))
			.list();
	}

	private <T> T read(String json, Class<T> type) {
		try {
			return this.mapper.readValue(json, type);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Creates a customer with a journey run. */
	private Customer customer(boolean consent) {
		String user = this.shop.customer();
		this.shop.fillCart(user, "cart-of-" + user);
		String run = this.shop.awaitRun(user, "running").get("id").toString();
		this.shop.identify(user, Shop.zoneAt(12), consent);
		UUID profile = this.jdbc.sql("SELECT profile_id FROM journey.run WHERE id = ?::uuid")
			.param(run)
			.query(UUID.class)
			.single();
		return new Customer(profile, run, consent);
	}

	private String run(Customer customer, String model, String template, String step) {
		deploy(Map.of("attack", model));
		try {
			String instance = start(customer, "attack", template, step);
			runJobs(instance);
			return instance;
		}
		catch (RuntimeException refused) {
			assertThat(refused.toString()).containsAnyOf("must not be queued", "has no review", "agent returned");
			return "";
		}
	}

	private String start(Customer customer, String key, String template, String step) {
		this.jdbc
			.sql("""
					UPDATE journey.run SET status = 'pending', journey = ?, template = ?, process_instance_id = NULL, ended_at = NULL, outcome = NULL,
						next_attempt_at = '2100-01-01' WHERE id = ?::uuid
					""")
			.params(key, template, customer.run())
			.update();
		return this.engine.getRuntimeService()
			.createProcessInstanceByKey(key)
			.processDefinitionTenantId(TestTenant.ID.value())
			.businessKey(customer.run())
			.setVariables(Map.of("tenantId", TestTenant.ID.value(), "profileId", customer.profile().toString(), "runId",
					customer.run(), "journey", key, "step", step, "template", template, "topic", "marketing"))
			.execute()
			.getId();
	}

	private void runJobs(String instance) {
		for (int round = 0; round < 12; round++) {
			List<Job> jobs = this.engine.getManagementService()
				.createJobQuery()
				.processInstanceId(instance)
				.withRetriesLeft()
				.list();
			if (jobs.isEmpty()) {
				return;
			}
			for (Job job : jobs) {
				try {
					this.engine.getManagementService().executeJob(job.getId());
				}
				catch (OptimisticLockingException takenByTheJobExecutor) {
					continue;
				}
				catch (RuntimeException refused) {
					setNoRetries(job);
				}
			}
		}
	}

	private void setNoRetries(Job job) {
		try {
			this.engine.getManagementService().setJobRetries(job.getId(), 0);
		}
		catch (RuntimeException gone) {
			// the job executor has finished it
		}
	}

	private void complete(String instance, String group, String decision) {
		for (Task task : this.engine.getTaskService().createTaskQuery().processInstanceId(instance).list()) {
			this.engine.getTaskService()
				.setVariableLocal(task.getId(), "review",
						"{\"decision\":\"%s\",\"reason\":\"as tested\"}".formatted(decision));
			this.identity.setAuthentication("test-" + group, List.of(group), List.of(TestTenant.ID.value()));
			try {
				this.engine.getTaskService().complete(task.getId());
			}
			finally {
				this.identity.clearAuthentication();
			}
		}
	}

	private boolean isRunning(String instance) {
		return this.engine.getRuntimeService().createProcessInstanceQuery().processInstanceId(instance).count() > 0;
	}

	private String definition(String instance) {
		ProcessInstance found = this.engine.getRuntimeService()
			.createProcessInstanceQuery()
			.processInstanceId(instance)
			.singleResult();
		return found.getProcessDefinitionId();
	}

	/** Deploys together; models that the engine itself refuses are left out. */
	private Set<String> deployable(Map<String, String> models) {
		Map<String, String> valid = new HashMap<>(models);
		valid.values().removeIf((text) -> text.contains("<scriptTask"));
		models.values().stream().filter((text) -> text.contains("<scriptTask")).limit(1).forEach((text) -> {
			assertThatThrownBy(() -> deploy(Map.of("script", text))).hasMessageContaining("Scripts are not allowed");
		});
		deploy(valid);
		return valid.keySet();
	}

	private void deploy(Map<String, String> models) {
		DeploymentBuilder deployment = this.engine.getRepositoryService()
			.createDeployment()
			.tenantId(TestTenant.ID.value());
		models.forEach((key, text) -> deployment.addString(key + ".bpmn", text));
		this.deployed.add(UncheckedModels.deploy(this.engine, deployment::deploy).getId());
	}

	private static boolean accepted(String model) {
		DeploymentContext alone = new DeploymentContext(Map.of(), Set.of(), Set.of(),
				(key) -> java.util.Optional.empty(), (key) -> false, (id) -> false);
		return new JourneyChecker()
			.check(Bpmn.readModelFromStream(new ByteArrayInputStream(model.getBytes(StandardCharsets.UTF_8))), alone)
			.isEmpty();
	}

	/** A sequence of steps; {@code +} after a step ends the transaction. */
	private static String model(String steps) {
		StringBuilder elements = new StringBuilder();
		String last = "start";
		int number = 0;
		for (String step : StringUtils.tokenizeToStringArray(steps, " ")) {
			String bean = step.replace("+", "");
			String id = bean + "_" + number++;
			elements.append(element(id, bean, step.endsWith("+")))
				.append("<sequenceFlow id=\"f_%s\" sourceRef=\"%s\" targetRef=\"%s\"/>".formatted(id, last, id));
			last = id;
		}
		return """
				<?xml version="1.0" encoding="UTF-8"?>
				<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
					xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
					xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="d" targetNamespace="t">
					<process id="attack" isExecutable="true" camunda:historyTimeToLive="P1D">
						<startEvent id="start"/>%s
					</process>
				</definitions>
				""".formatted(elements);
	}

	private static String element(String id, String bean, boolean savePoint) {
		return switch (bean) {
			case "review" -> """
					<userTask id="%s" camunda:candidateGroups="reviewer,modeler"><extensionElements>
					<camunda:taskListener event="create" delegateExpression="${reviewTask}"/>
					<camunda:taskListener event="complete" delegateExpression="${reviewTask}"/>
					</extensionElements></userTask>
					""".formatted(id);
			case "wait" -> "<userTask id=\"%s\"/>".formatted(id);
			case "timer" ->
				"""
						<intermediateCatchEvent id="%s"><timerEventDefinition><timeDuration xsi:type="tFormalExpression">PT0S</timeDuration>
						</timerEventDefinition></intermediateCatchEvent>
						"""
					.formatted(id);
			case "compensation" ->
				"""
						<subProcess id="%1$s"><startEvent id="%1$s_s"/>
						<serviceTask id="%1$s_t" camunda:delegateExpression="${plannerAgent}"/>
						<boundaryEvent id="%1$s_b" attachedToRef="%1$s_t"><compensateEventDefinition/></boundaryEvent>
						<serviceTask id="%1$s_h" isForCompensation="true" camunda:delegateExpression="${fallbackExecutorAgent}"/>
						<intermediateThrowEvent id="%1$s_c"><compensateEventDefinition/></intermediateThrowEvent>
						<sequenceFlow id="%1$s_1" sourceRef="%1$s_s" targetRef="%1$s_t"/>
						<sequenceFlow id="%1$s_2" sourceRef="%1$s_t" targetRef="%1$s_c"/><association id="%1$s_a" sourceRef="%1$s_b" targetRef="%1$s_h" associationDirection="One"/></subProcess>
						"""
					.formatted(id);
			default -> "<serviceTask id=\"%s\" camunda:delegateExpression=\"${%s}\" camunda:asyncAfter=\"%s\"/>"
				.formatted(id, bean, savePoint);
		};
	}

	/** A person with a journey run. */
	private record Customer(UUID profile, String run, boolean consent) {

	}

	/** A send that was queued at some time. */
	private record Queued(UUID id, String template, EmailDraft draft, JsonNode explanation) {

	}

	/** What happened to the random models. */
	private static final class Counts {

		private int accepted;

		private int deployed;

		private int ran;

		private int refused;

	}

}
