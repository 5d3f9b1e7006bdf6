package io.waypost.models;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Walks the journeys of {@code processes/} on a real engine with scripted agents. */
@Tag("engine-node")
class JourneyPathTests {

	/** Ends of subprocesses, which say nothing about the outcome of a message. */
	private static final Set<String> INNER_ENDS = Set.of("endEvent_ContentWritten", "endEvent_PlanMissing",
			"endEvent_ContentApproved", "endEvent_ContentChanged", "endEvent_FallbackWritten", "endEvent_SendWithheld");

	private static final ScriptedAgents AGENTS = new ScriptedAgents();

	private static ProcessEngine engine;

	@BeforeAll
	static void startEngine() {
		engine = ModelEngine.start("journey-paths", AGENTS.beans());
	}

	@AfterAll
	static void stopEngine() {
		engine.close();
	}

	@BeforeEach
	void forgetScripts() {
		AGENTS.reset();
		ModelEngine.clear(engine);
	}

	@Test
	void deploysEveryModel() {
		assertThat(engine.getRepositoryService().createProcessDefinitionQuery().latestVersion().list())
			.extracting("key", "versionTag", "historyTimeToLive")
			.hasSize(ModelFiles.processes().size())
			.allSatisfy((row) -> assertThat(row.toList()).doesNotContainNull());
		assertThat(engine.getRepositoryService().createDecisionDefinitionQuery().latestVersion().count())
			.isEqualTo(ModelFiles.tables().size());
	}

	@Test
	void queuesPermittedAndSafeMessageInOneTransaction() {
		ProcessInstance run = message();
		assertThat(ends(run)).containsExactly("endEvent_MessageQueued");
		assertThat(AGENTS.calls()).containsExactly("openSend", "permissionCheck", "throttlingCheck", "plannerAgent",
				"executorAgent", "evaluatorAgent", "guardrailAgent", "queueSend");
	}

	@ParameterizedTest
	@CsvSource({ "permissionCheck,endEvent_NotPermitted", "throttlingCheck,endEvent_NoWindow",
			"plannerAgent,endEvent_NothingToSay", "guardrailAgent,endEvent_NotSafe" })
	void withholdsWhereAnAgentStops(String agent, String end) {
		AGENTS.script(agent, "STOP");
		assertThat(ends(message())).containsExactly(end);
		assertThat(AGENTS.calls()).endsWith("withholdSend").doesNotContain("queueSend");
	}

	@ParameterizedTest
	@ValueSource(strings = { "openSend", "permissionCheck", "throttlingCheck", "guardrailAgent" })
	void explainsFailedAgentOutsidePersonalisation(String agent) {
		AGENTS.script(agent, "AGENT_FAILED");
		assertThat(ends(message())).containsExactly("endEvent_AgentFailed");
		assertThat(AGENTS.calls()).endsWith("withholdSend").doesNotContain("queueSend");
	}

	@ParameterizedTest
	@ValueSource(strings = { "plannerAgent", "executorAgent", "evaluatorAgent" })
	void writesFallbackContentWhenPersonalisationFails(String agent) {
		AGENTS.script(agent, "AGENT_FAILED");
		assertThat(ends(message())).containsExactly("endEvent_MessageQueued");
		assertThat(AGENTS.calls()).containsSubsequence(agent, "fallbackExecutorAgent", "guardrailAgent", "queueSend");
	}

	@Test
	void withholdsWhenEvenFallbackContentFails() {
		AGENTS.script("executorAgent", "AGENT_FAILED").script("fallbackExecutorAgent", "AGENT_FAILED");
		assertThat(ends(message())).containsExactly("endEvent_AgentFailed");
	}

	@Test
	void rewritesUntilTheContentIsRelevant() {
		AGENTS.script("evaluatorAgent", "REGENERATE", "REGENERATE", "CONTINUE");
		assertThat(ends(message())).containsExactly("endEvent_MessageQueued");
		assertThat(AGENTS.calls()).filteredOn("executorAgent"::equals).hasSize(3);
	}

	@Test
	void boundsRegenerationWhateverTheTablesSay() {
		String[] always = new String[50];
		Arrays.fill(always, "REGENERATE");
		AGENTS.script("evaluatorAgent", always);
		assertThat(ends(message())).containsExactly("endEvent_MessageQueued");
		assertThat(AGENTS.calls()).filteredOn("executorAgent"::equals).hasSize(5);
		assertThat(AGENTS.calls()).contains("fallbackExecutorAgent");
	}

	@Test
	void boundsFallbackAfterInspectionWhateverTheTablesSay() {
		String[] always = new String[50];
		Arrays.fill(always, "FALLBACK");
		AGENTS.script("guardrailAgent", always);
		assertThat(ends(message())).containsExactly("endEvent_NotSafe");
		assertThat(AGENTS.calls()).filteredOn("fallbackExecutorAgent"::equals).hasSize(4);
	}

	@Test
	void asksForPermissionAgainAfterADeferral() {
		AGENTS.script("throttlingCheck", "DEFER");
		ProcessInstance run = message();
		assertThat(waitingAt(run)).containsExactly("catchEvent_WindowOpened");
		AGENTS.script("permissionCheck", "STOP");
		fire("catchEvent_WindowOpened");
		assertThat(ends(run)).containsExactly("endEvent_NotPermitted");
		assertThat(AGENTS.calls()).containsExactly("openSend", "permissionCheck", "throttlingCheck", "deferSend",
				"permissionCheck", "withholdSend");
	}

	@Test
	void givesFlaggedMessageToReviewers() {
		AGENTS.script("guardrailAgent", "REVIEW");
		ProcessInstance run = message();
		Task task = engine.getTaskService().createTaskQuery().processInstanceId(run.getId()).singleResult();
		assertThat(task.getDueDate()).isNotNull();
		assertThat(engine.getTaskService().getIdentityLinksForTask(task.getId())).extracting("groupId")
			.containsExactly("reviewer");
		assertThat(engine.getFormService().getTaskFormData(task.getId()).getCamundaFormRef().getKey())
			.isEqualTo("review-content");
	}

	@ParameterizedTest
	@CsvSource({ "APPROVED,CONTINUE,endEvent_MessageQueued", "REJECTED,STOP,endEvent_ReviewRejected",
			"APPROVED,STOP,endEvent_ReviewRejected", "CHANGED,CONTINUE,endEvent_MessageQueued" })
	void followsTheReviewersDecision(String decision, String route, String end) {
		AGENTS.script("guardrailAgent", "REVIEW").script("applyReview", route);
		ProcessInstance run = message();
		decide(run, decision);
		assertThat(ends(run)).containsExactly(end);
		assertThat(AGENTS.calls()).filteredOn("guardrailAgent"::equals).hasSize("CHANGED".equals(decision) ? 2 : 1);
	}

	@ParameterizedTest
	@CsvSource({ "APPROVED,1", "CHANGED,2" })
	void keepsReviewedContentUntilTheNextWindow(String decision, int inspections) {
		AGENTS.script("guardrailAgent", "REVIEW").script("throttlingCheck", "CONTINUE", "DEFER", "DEFER");
		ProcessInstance run = message();
		decide(run, decision);
		assertThat(waitingAt(run)).containsExactly("catchEvent_WindowOpenedAgain");
		fire("catchEvent_WindowOpenedAgain");
		assertThat(waitingAt(run)).as("asked again each time").containsExactly("catchEvent_WindowOpenedAgain");
		fire("catchEvent_WindowOpenedAgain");
		assertThat(ends(run)).containsExactly("endEvent_MessageQueued");
		assertThat(AGENTS.calls()).endsWith("throttlingCheck", "deferSend", "throttlingCheck", "deferSend",
				"throttlingCheck", "queueSend");
		assertThat(AGENTS.calls()).filteredOn("executorAgent"::equals).hasSize(1);
		assertThat(AGENTS.calls()).filteredOn("guardrailAgent"::equals).hasSize(inspections);
	}

	@Test
	void keepsFallbackContentUntilTheNextWindowWhenAReviewExpiresAtNight() {
		AGENTS.script("guardrailAgent", "REVIEW")
			.script("expireReview", "FALLBACK")
			.script("throttlingCheck", "CONTINUE", "DEFER");
		ProcessInstance run = message();
		fire("boundaryEvent_ReviewExpired");
		assertThat(waitingAt(run)).containsExactly("catchEvent_WindowOpenedAgain");
		fire("catchEvent_WindowOpenedAgain");
		assertThat(ends(run)).containsExactly("endEvent_MessageQueued");
		assertThat(AGENTS.calls()).filteredOn("fallbackExecutorAgent"::equals).hasSize(1);
	}

	@Test
	void withholdsReviewedMessageWhenACapWasReachedMeanwhile() {
		AGENTS.script("guardrailAgent", "REVIEW").script("throttlingCheck", "CONTINUE", "STOP");
		ProcessInstance run = message();
		decide(run, "APPROVED");
		assertThat(ends(run)).containsExactly("endEvent_NoWindowLeft");
		assertThat(AGENTS.calls()).endsWith("throttlingCheck", "withholdSend").doesNotContain("queueSend");
	}

	@Test
	void checksTheWindowOnceWithoutAReview() {
		AGENTS.script("throttlingCheck", "DEFER");
		ProcessInstance run = message();
		fire("catchEvent_WindowOpened");
		assertThat(ends(run)).containsExactly("endEvent_MessageQueued");
		assertThat(AGENTS.calls()).filteredOn("throttlingCheck"::equals).hasSize(2);
	}

	@Test
	void escalatesOverdueReviewAndKeepsTheTask() {
		AGENTS.script("guardrailAgent", "REVIEW");
		ProcessInstance run = message();
		fire("boundaryEvent_ReviewOverdue");
		assertThat(AGENTS.calls()).endsWith("escalateReview");
		assertThat(ends(run)).containsExactly("endEvent_ReviewEscalated");
		decide(run, "APPROVED");
		assertThat(ends(run)).contains("endEvent_MessageQueued");
	}

	@ParameterizedTest
	@CsvSource({ "FALLBACK,endEvent_MessageQueued", "STOP,endEvent_ReviewExpired", "CONTINUE,endEvent_ReviewExpired" })
	void neverSendsUnreviewedContentWhenTheReviewExpires(String route, String end) {
		AGENTS.script("guardrailAgent", "REVIEW", "CONTINUE").script("expireReview", route);
		ProcessInstance run = message();
		fire("boundaryEvent_ReviewExpired");
		assertThat(ends(run)).containsExactly(end);
		assertThat(AGENTS.calls()).filteredOn("guardrailAgent"::equals).hasSize("FALLBACK".equals(route) ? 2 : 1);
	}

	@Test
	void followsASecondReviewAfterChangedContent() {
		AGENTS.script("guardrailAgent", "REVIEW", "REVIEW", "CONTINUE").script("expireReview", "FALLBACK");
		ProcessInstance run = message();
		decide(run, "CHANGED");
		fire("boundaryEvent_ReviewExpired");
		assertThat(ends(run)).containsExactly("endEvent_MessageQueued");
		assertThat(AGENTS.calls()).containsSubsequence("applyReview", "guardrailAgent", "expireReview",
				"fallbackExecutorAgent", "guardrailAgent", "queueSend");
	}

	@Test
	void withholdsWhenFallbackContentFailsAfterAReview() {
		AGENTS.script("guardrailAgent", "REVIEW")
			.script("expireReview", "FALLBACK")
			.script("fallbackExecutorAgent", "AGENT_FAILED");
		ProcessInstance run = message();
		fire("boundaryEvent_ReviewExpired");
		assertThat(ends(run)).containsExactly("endEvent_AgentFailed");
		assertThat(AGENTS.calls()).endsWith("withholdSend").doesNotContain("queueSend");
	}

	@Test
	void remindsThreeTimesOfCartThatIsStillLeft() {
		ProcessInstance run = start("cart-abandonment");
		assertThat(AGENTS.calls()).isEmpty();
		fire("catchEvent_ReminderDue");
		assertThat(AGENTS.calls()).startsWith("triggerAgent", "openSend").endsWith("queueSend");
		fire("catchEvent_SecondReminderDue");
		fire("catchEvent_LastReminderDue");
		assertThat(ends(run)).containsExactly("endEvent_LastReminderHandled");
		assertThat(AGENTS.calls()).filteredOn((call) -> Set.of("triggerAgent", "queueSend").contains(call))
			.containsExactly("triggerAgent", "queueSend", "triggerAgent", "queueSend", "triggerAgent", "queueSend");
	}

	@ParameterizedTest
	@CsvSource({
			"cart-abandonment,reminder cart-abandonment,second-reminder cart-reminder,last-reminder cart-last-reminder",
			"welcome,welcome welcome,follow-up welcome-follow-up,highlights welcome-highlights",
			"re-engagement,miss-you re-engagement,follow-up re-engagement-follow-up,last-call re-engagement-last-call" })
	void handsOnWhatEachMessageNeeds(String journey, String first, String second, String third) {
		List<String> messages = new ArrayList<>();
		ProcessInstance run = start(journey);
		while (engine.getRuntimeService().createProcessInstanceQuery().processInstanceId(run.getId()).count() > 0) {
			AGENTS.script("throttlingCheck", "DEFER");
			fireNext(run);
			ProcessInstance message = engine.getRuntimeService()
				.createProcessInstanceQuery()
				.superProcessInstanceId(run.getId())
				.singleResult();
			assertThat(message.getBusinessKey()).isEqualTo("run-1");
			Map<String, Object> variables = engine.getRuntimeService().getVariables(message.getId());
			assertThat(variables).containsEntry("profileId", "profile-1")
				.containsEntry("runId", "run-1")
				.containsEntry("journey", journey)
				.containsEntry("topic", "marketing");
			messages.add(variables.get("step") + " " + variables.get("template"));
			fire("catchEvent_WindowOpened");
		}
		assertThat(messages).containsExactly(first, second, third);
	}

	@ParameterizedTest
	@CsvSource({ "STOP,1,endEvent_CartEmptied", "STOP,2,endEvent_CartEmptiedAfterReminder",
			"STOP,3,endEvent_CartEmptiedAfterSecondReminder", "AGENT_FAILED,1,endEvent_CartNotChecked",
			"AGENT_FAILED,2,endEvent_CartNotCheckedAgain", "AGENT_FAILED,3,endEvent_CartNotCheckedOnceMore" })
	void sendsNoReminderOfEmptiedOrUncheckedCart(String answer, int step, String end) {
		ProcessInstance run = start("cart-abandonment");
		stopAt(run, step, answer);
		assertThat(ends(run)).containsExactly(end);
		assertThat(AGENTS.calls()).filteredOn("queueSend"::equals).hasSize(step - 1);
	}

	@ParameterizedTest
	@CsvSource({ "STOP,1,endEvent_Ordered", "STOP,2,endEvent_OrderedAfterFollowUp",
			"AGENT_FAILED,1,endEvent_OrdersNotChecked", "AGENT_FAILED,2,endEvent_OrdersNotCheckedAgain" })
	void sendsNoWelcomeMessageAfterAnOrderThatTheCheckFinds(String answer, int step, String end) {
		ProcessInstance run = start("welcome");
		fire("callActivity_SendWelcome");
		stopAt(run, step, answer);
		assertThat(ends(run)).containsExactly(end);
		assertThat(AGENTS.calls()).filteredOn("queueSend"::equals).hasSize(step);
	}

	@ParameterizedTest
	@CsvSource({ "STOP,1,endEvent_CustomerActiveAgain", "STOP,2,endEvent_ActiveAfterFollowUp",
			"AGENT_FAILED,1,endEvent_ActivityNotChecked", "AGENT_FAILED,2,endEvent_ActivityNotCheckedAgain" })
	void followsUpInactiveCustomersOnly(String answer, int step, String end) {
		ProcessInstance run = start("re-engagement");
		fire("callActivity_SendMissYouNote");
		stopAt(run, step, answer);
		assertThat(ends(run)).containsExactly(end);
		assertThat(AGENTS.calls()).filteredOn("queueSend"::equals).hasSize(step);
	}

	/**
	 * Messages before the order; the order comes while the run waits for the next one.
	 */
	@ParameterizedTest
	@CsvSource({ "cart-abandonment,0,endEvent_PurchaseCompleted", "cart-abandonment,1,endEvent_PurchaseAfterReminder",
			"cart-abandonment,2,endEvent_PurchaseAfterSecondReminder", "welcome,1,endEvent_PurchaseCompleted",
			"welcome,2,endEvent_PurchaseAfterFollowUp", "re-engagement,1,endEvent_CustomerReturned",
			"re-engagement,2,endEvent_ReturnedAfterFollowUp" })
	void endsEachWaitByAnOrder(String journey, int messages, String end) {
		ProcessInstance run = start(journey);
		for (int message = 0; message < messages; message++) {
			fireNext(run);
		}
		order();
		assertThat(ends(run)).containsExactly(end);
		assertThat(AGENTS.calls()).filteredOn("queueSend"::equals).hasSize(messages);
		assertThat(engine.getManagementService().createJobQuery().processInstanceId(run.getId()).count()).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "welcome,callActivity_SendWelcome,endEvent_HighlightsHandled",
			"re-engagement,callActivity_SendMissYouNote,endEvent_LastCallHandled" })
	void sendsTheFirstMessageAtOnceAndTwoMoreWithoutAnOrder(String journey, String first, String end) {
		ProcessInstance run = start(journey);
		assertThat(AGENTS.calls()).isEmpty();
		fire(first);
		assertThat(AGENTS.calls()).startsWith("openSend").endsWith("queueSend");
		fireNext(run);
		fireNext(run);
		assertThat(ends(run)).containsExactly(end);
		assertThat(AGENTS.calls()).filteredOn("queueSend"::equals).hasSize(3);
	}

	@Test
	void goesOnWithTheSeriesWhenAStepIsWithheld() {
		AGENTS.script("throttlingCheck", "CONTINUE", "STOP");
		ProcessInstance run = start("welcome");
		fireNext(run);
		fireNext(run);
		assertThat(AGENTS.calls()).endsWith("throttlingCheck", "withholdSend");
		fireNext(run);
		assertThat(ends(run)).containsExactly("endEvent_HighlightsHandled");
		assertThat(AGENTS.calls()).filteredOn("queueSend"::equals).hasSize(2);
	}

	@Test
	void congratulatesOnMilestone() {
		ProcessInstance run = start("milestone");
		fire("callActivity_SendCongratulation");
		assertThat(ends(run)).containsExactly("endEvent_CongratulationHandled");
		assertThat(AGENTS.calls()).endsWith("queueSend");
	}

	private static ProcessInstance message() {
		return start("personalised-message");
	}

	private static ProcessInstance start(String journey) {
		return engine.getRuntimeService()
			.startProcessInstanceByKey(journey, "run-1",
					Map.of("profileId", "profile-1", "runId", "run-1", "template", journey, "topic", "marketing",
							"delay", "PT1H", "secondDelay", "P3D", "thirdDelay", "P4D", "key", "cart-1"));
	}

	/**
	 * Lets the check before a message of a series give an answer that ends the series.
	 */
	private static void stopAt(ProcessInstance run, int step, String answer) {
		for (int earlier = 1; earlier < step; earlier++) {
			fireNext(run);
		}
		AGENTS.script("triggerAgent", answer);
		fireNext(run);
	}

	/** Runs the only job of a run: its first step or the timer that it waits for. */
	private static void fireNext(ProcessInstance run) {
		Job job = engine.getManagementService().createJobQuery().processInstanceId(run.getId()).singleResult();
		engine.getManagementService().executeJob(job.getId());
	}

	private static void order() {
		engine.getRuntimeService()
			.createMessageCorrelation("Msg_OrderCompleted")
			.processInstanceBusinessKey("run-1")
			.correlate();
	}

	private static void decide(ProcessInstance run, String decision) {
		Task task = engine.getTaskService().createTaskQuery().processInstanceId(run.getId()).singleResult();
		engine.getTaskService().complete(task.getId(), Map.of("decided", decision));
		fire("serviceTask_ApplyReview");
	}

	private static void fire(String activity) {
		Job job = engine.getManagementService().createJobQuery().activityId(activity).singleResult();
		assertThat(job).as("a job at %s", activity).isNotNull();
		engine.getManagementService().executeJob(job.getId());
	}

	private static List<String> waitingAt(ProcessInstance run) {
		return engine.getRuntimeService().getActiveActivityIds(run.getId());
	}

	private static List<String> ends(ProcessInstance run) {
		return engine.getHistoryService()
			.createHistoricActivityInstanceQuery()
			.processInstanceId(run.getId())
			.list()
			.stream()
			.filter((activity) -> activity.getActivityType().endsWith("EndEvent"))
			.map((activity) -> activity.getActivityId())
			.filter((id) -> !INNER_ENDS.contains(id))
			.toList();
	}

}
