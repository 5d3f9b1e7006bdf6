package io.waypost.models;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Date;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.delegate.BpmnError;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Walks {@code campaign} and {@code campaign-chunk} on a real engine with scripted steps.
 */
@Tag("engine-node")
class CampaignPathTests {

	private static final List<String> BEANS = List.of("checkBrief", "checkApproval", "freezeAudience",
			"requestCampaignCopy", "writeCampaignContent", "checkCampaignContent", "applyContentReview",
			"expireContentReview", "startTestChunks", "chooseWinner", "startRolloutChunks", "startWaitingChunks",
			"checkDeferredRecipients", "completeCampaign", "closeCampaign", "claimChunk", "loadClearedContent",
			"decideRecipients", "queueChunkSends");

	private static final Map<String, Deque<String>> SCRIPTS = new HashMap<>();

	private static final List<String> CALLS = new ArrayList<>();

	private static ProcessEngine engine;

	@BeforeAll
	static void startEngine() {
		engine = ModelEngine.start("campaign-paths", beans());
	}

	@AfterAll
	static void stopEngine() {
		engine.close();
	}

	@BeforeEach
	void forgetScripts() {
		SCRIPTS.clear();
		CALLS.clear();
		ModelEngine.clear(engine);
	}

	@Test
	void goesFromTheLaunchToTheLastMessage() {
		ProcessInstance run = start();
		work(run);
		tell("Msg_CampaignChunksDone");
		work(run);
		assertThat(waitsAt(run)).containsExactly("catchEvent_AllSent");
		tell("Msg_CampaignSent");
		work(run);
		assertThat(endOf(run)).isEqualTo("endEvent_CampaignCompleted");
		assertThat(CALLS).containsExactly("checkBrief", "checkApproval", "freezeAudience", "requestCampaignCopy",
				"writeCampaignContent", "checkCampaignContent", "startRolloutChunks", "checkDeferredRecipients",
				"completeCampaign");
	}

	@Test
	void waitsForAnApprovalThatThePolicyAsksFor() {
		SCRIPTS.put("checkApproval", new ArrayDeque<>(List.of("REVIEW")));
		ProcessInstance run = start();
		Task task = task(run);
		assertThat(task.getTaskDefinitionKey()).isEqualTo("userTask_ApproveCampaign");
		complete(task, "APPROVED");
		work(run);
		assertThat(waitsAt(run)).containsExactly("catchEvent_ChunksDone");
	}

	@Test
	void asksAPersonWhenThePolicySaysSomethingUnknown() {
		SCRIPTS.put("checkApproval", new ArrayDeque<>(List.of("MAYBE")));
		assertThat(task(start()).getTaskDefinitionKey()).isEqualTo("userTask_ApproveCampaign");
	}

	@Test
	void closesWhenAReviewerRejects() {
		SCRIPTS.put("checkApproval", new ArrayDeque<>(List.of("REVIEW")));
		ProcessInstance run = start();
		complete(task(run), "REJECTED");
		work(run);
		assertThat(endOf(run)).isEqualTo("endEvent_CampaignRejected");
		assertThat(CALLS).doesNotContain("freezeAudience", "startRolloutChunks").contains("closeCampaign");
	}

	@Test
	void closesWhenTheApprovalExpires() {
		SCRIPTS.put("checkApproval", new ArrayDeque<>(List.of("REVIEW")));
		ProcessInstance run = start();
		fire(run);
		assertThat(endOf(run)).isEqualTo("endEvent_ApprovalExpired");
	}

	@Test
	void waitsForItsTime() {
		ProcessInstance run = start("scheduled", true);
		assertThat(waitsAt(run)).containsExactly("catchEvent_TimeReached");
		fire(run);
		work(run);
		assertThat(waitsAt(run)).containsExactly("catchEvent_ChunksDone");
	}

	@Test
	void closesWhenTheAudienceIsEmpty() {
		SCRIPTS.put("freezeAudience", new ArrayDeque<>(List.of("STOP")));
		ProcessInstance run = start();
		work(run);
		assertThat(endOf(run)).isEqualTo("endEvent_AudienceEmpty");
	}

	@Test
	void waitsForCopyOfAModel() {
		SCRIPTS.put("requestCampaignCopy", new ArrayDeque<>(List.of("DEFER")));
		ProcessInstance run = start();
		work(run);
		assertThat(waitsAt(run)).containsExactlyInAnyOrder("eventGateway_WaitForCopy");
		assertThat(CALLS).doesNotContain("writeCampaignContent");
		tell("Msg_CampaignCopyWritten");
		work(run);
		assertThat(waitsAt(run)).containsExactly("catchEvent_ChunksDone");
	}

	@Test
	void goesOnWithoutCopyThatIsLate() {
		SCRIPTS.put("requestCampaignCopy", new ArrayDeque<>(List.of("DEFER")));
		ProcessInstance run = start();
		work(run);
		fire(run);
		work(run);
		assertThat(waitsAt(run)).containsExactly("catchEvent_ChunksDone");
	}

	@Test
	void closesWhenNoContentCanBeWritten() {
		SCRIPTS.put("writeCampaignContent", new ArrayDeque<>(List.of("AGENT_FAILED")));
		ProcessInstance run = start();
		work(run);
		assertThat(endOf(run)).isEqualTo("endEvent_ContentFailed");
	}

	@Test
	void closesWhenNoContentIsCleared() {
		SCRIPTS.put("checkCampaignContent", new ArrayDeque<>(List.of("STOP")));
		ProcessInstance run = start();
		work(run);
		assertThat(endOf(run)).isEqualTo("endEvent_NoContent");
		assertThat(CALLS).doesNotContain("startRolloutChunks", "startTestChunks");
	}

	@Test
	void asksAReviewerOnceForEachFlaggedContent() {
		SCRIPTS.put("checkCampaignContent", new ArrayDeque<>(List.of("REVIEW", "CONTINUE")));
		ProcessInstance run = start();
		work(run);
		List<Task> tasks = engine.getTaskService().createTaskQuery().processInstanceId(run.getId()).list();
		assertThat(tasks).hasSize(2).allMatch((task) -> task.getTaskDefinitionKey().equals("userTask_ReviewContent"));
		assertThat(tasks.stream().map((task) -> engine.getTaskService().getVariable(task.getId(), "contentId")))
			.containsExactlyInAnyOrder("content-1", "content-2");
		complete(tasks.get(0), "APPROVED");
		work(run);
		assertThat(CALLS).doesNotContain("startRolloutChunks");
		complete(tasks.get(1), "REJECTED");
		work(run);
		assertThat(CALLS.stream().filter("applyContentReview"::equals)).hasSize(2);
		assertThat(waitsAt(run)).containsExactly("catchEvent_ChunksDone");
	}

	@Test
	void expiresEachReviewThatIsNotDecidedInTime() {
		SCRIPTS.put("checkCampaignContent", new ArrayDeque<>(List.of("REVIEW", "STOP")));
		ProcessInstance run = start();
		work(run);
		engine.getManagementService()
			.createJobQuery()
			.processInstanceId(run.getId())
			.timers()
			.list()
			.forEach((timer) -> engine.getManagementService().executeJob(timer.getId()));
		assertThat(CALLS.stream().filter("expireContentReview"::equals)).hasSize(2);
		assertThat(endOf(run)).isEqualTo("endEvent_NoContent");
	}

	@Test
	void testsUntilAWinnerIsChosen() {
		SCRIPTS.put("chooseWinner", new ArrayDeque<>(List.of("DEFER", "CONTINUE")));
		ProcessInstance run = start("withTest", true);
		work(run);
		assertThat(waitsAt(run)).containsExactly("catchEvent_TestSent");
		tell("Msg_CampaignChunksDone");
		assertThat(waitsAt(run)).containsExactly("catchEvent_TestOver");
		fire(run);
		assertThat(waitsAt(run)).containsExactly("catchEvent_TestOver");
		fire(run);
		work(run);
		assertThat(waitsAt(run)).containsExactly("catchEvent_ChunksDone");
		assertThat(CALLS).containsSubsequence("startTestChunks", "chooseWinner", "chooseWinner", "startRolloutChunks");
	}

	@Test
	void startsChunksOfDeferredRecipients() {
		SCRIPTS.put("checkDeferredRecipients", new ArrayDeque<>(List.of("DEFER", "CONTINUE")));
		ProcessInstance run = start();
		work(run);
		tell("Msg_CampaignChunksDone");
		work(run);
		assertThat(waitsAt(run)).containsExactly("catchEvent_WindowOpened");
		fire(run);
		work(run);
		tell("Msg_CampaignChunksDone");
		work(run);
		assertThat(waitsAt(run)).containsExactly("catchEvent_AllSent");
		assertThat(CALLS.stream().filter("startRolloutChunks"::equals)).hasSize(2);
	}

	@Test
	void endsWhereverItStandsWhenItIsCancelled() {
		ProcessInstance run = start();
		work(run);
		tell("Msg_CampaignCancelled");
		assertThat(endOf(run)).isEqualTo("subProcess_Cancel");
	}

	@Test
	void startsWaitingChunksBesideItsCourse() {
		ProcessInstance run = start();
		work(run);
		tell("Msg_CampaignResumed");
		work(run);
		assertThat(CALLS).contains("startWaitingChunks");
		assertThat(waitsAt(run)).contains("catchEvent_ChunksDone");
	}

	@Test
	void doesAChunkInOneTransaction() {
		ProcessInstance chunk = engine.getRuntimeService().startProcessInstanceByKey("campaign-chunk");
		assertThat(CALLS).isEmpty();
		assertThat(jobs(chunk)).hasSize(1);
		work(chunk);
		assertThat(CALLS).containsExactly("claimChunk", "loadClearedContent", "decideRecipients", "queueChunkSends");
		assertThat(endOf(chunk)).isEqualTo("endEvent_SendsQueued");
	}

	@Test
	void skipsAChunkThatItCannotClaim() {
		SCRIPTS.put("claimChunk", new ArrayDeque<>(List.of("STOP")));
		ProcessInstance chunk = engine.getRuntimeService().startProcessInstanceByKey("campaign-chunk");
		work(chunk);
		assertThat(CALLS).containsExactly("claimChunk");
		assertThat(endOf(chunk)).isEqualTo("endEvent_ChunkSkipped");
	}

	private static ProcessInstance start(Object... flags) {
		Map<String, Object> variables = new HashMap<>(Map.of("scheduled", false, "withTest", false));
		for (int index = 0; index < flags.length; index += 2) {
			variables.put((String) flags[index], flags[index + 1]);
		}
		return engine.getRuntimeService().startProcessInstanceByKey("campaign", variables);
	}

	private static void tell(String message) {
		engine.getRuntimeService().createMessageCorrelation(message).correlateWithResult();
	}

	private static Task task(ProcessInstance run) {
		return engine.getTaskService().createTaskQuery().processInstanceId(run.getId()).singleResult();
	}

	private static void complete(Task task, String decision) {
		engine.getTaskService().complete(task.getId(), Map.of("decided", decision));
	}

	/** Does what stands at a save point, as the job executor would. */
	private static void work(ProcessInstance run) {
		List<Job> jobs = engine.getManagementService()
			.createJobQuery()
			.processInstanceId(run.getId())
			.messages()
			.list();
		while (!jobs.isEmpty()) {
			engine.getManagementService().executeJob(jobs.getFirst().getId());
			jobs = engine.getManagementService().createJobQuery().processInstanceId(run.getId()).messages().list();
		}
	}

	/** Lets the time of the wait pass. */
	private static void fire(ProcessInstance run) {
		Job timer = engine.getManagementService()
			.createJobQuery()
			.processInstanceId(run.getId())
			.timers()
			.singleResult();
		engine.getManagementService().executeJob(timer.getId());
	}

	private static List<Job> jobs(ProcessInstance run) {
		return engine.getManagementService().createJobQuery().processInstanceId(run.getId()).list();
	}

	private static List<String> waitsAt(ProcessInstance run) {
		return engine.getRuntimeService()
			.getActiveActivityIds(run.getId())
			.stream()
			.filter((activity) -> !activity.startsWith("subProcess"))
			.toList();
	}

	private static String endOf(ProcessInstance run) {
		assertThat(engine.getRuntimeService().createProcessInstanceQuery().processInstanceId(run.getId()).count())
			.as("still running")
			.isZero();
		return engine.getHistoryService()
			.createHistoricProcessInstanceQuery()
			.processInstanceId(run.getId())
			.singleResult()
			.getEndActivityId();
	}

	private static Map<Object, Object> beans() {
		Map<Object, Object> beans = new HashMap<>();
		BEANS.forEach((bean) -> beans.put(bean, (JavaDelegate) (execution) -> answer(bean, execution)));
		beans.put("approvalTask", listener());
		beans.put("contentReviewTask", (TaskListener) (task) -> CALLS.add("contentReviewTask:" + task.getEventName()));
		return beans;
	}

	private static TaskListener listener() {
		return (task) -> {
			if (TaskListener.EVENTNAME_COMPLETE.equals(task.getEventName())) {
				task.getExecution().setVariable("reviewDecision", task.getVariable("decided"));
			}
		};
	}

	private static void answer(String bean, DelegateExecution execution) {
		CALLS.add(bean);
		Deque<String> answers = SCRIPTS.getOrDefault(bean, new ArrayDeque<>());
		String route = answers.isEmpty() ? "CONTINUE" : answers.removeFirst();
		if (route.equals("AGENT_FAILED")) {
			throw new BpmnError(route);
		}
		Date soon = Date.from(Instant.now().plusSeconds(3600));
		DelegateExecution instance = execution.getProcessInstance();
		instance.setVariable("route", route);
		for (String time : List.of("reviewDue", "reviewExpiry", "startAt", "testUntil", "copyUntil", "deferUntil")) {
			instance.setVariable(time, soon);
		}
		instance.setVariable("flagged", new ArrayList<>(List.of("content-1", "content-2")));
	}

}
