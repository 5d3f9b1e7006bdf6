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
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Walks {@code campaign} and {@code campaign-chunk} on a real engine with scripted steps.
 */
class CampaignPathTests {

	private static final List<String> BEANS = List.of("checkBrief", "approvalPolicy", "freezeAudience", "writeWords",
			"checkWords", "applyWordsReview", "startTest", "judgeTest", "startRollout", "startWaiting", "laterWindows",
			"completeCampaign", "failCampaign", "takeChunk", "clearedWords", "decideForPeople", "queueSends");

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
		assertThat(waitsAt(run)).containsExactly("catchEvent_EverythingSent");
		tell("Msg_CampaignSent");
		work(run);
		assertThat(endOf(run)).isEqualTo("endEvent_CampaignCompleted");
		assertThat(CALLS).containsExactly("checkBrief", "approvalPolicy", "freezeAudience", "writeWords", "checkWords",
				"startRollout", "laterWindows", "completeCampaign");
	}

	@Test
	void waitsForAnApprovalThatThePolicyAsksFor() {
		SCRIPTS.put("approvalPolicy", new ArrayDeque<>(List.of("REVIEW")));
		ProcessInstance run = start();
		Task task = task(run);
		assertThat(task.getTaskDefinitionKey()).isEqualTo("userTask_ApproveCampaign");
		complete(task, "APPROVED");
		work(run);
		assertThat(waitsAt(run)).containsExactly("catchEvent_ChunksDone");
	}

	@Test
	void asksAPersonWhenThePolicySaysSomethingUnknown() {
		SCRIPTS.put("approvalPolicy", new ArrayDeque<>(List.of("MAYBE")));
		assertThat(task(start()).getTaskDefinitionKey()).isEqualTo("userTask_ApproveCampaign");
	}

	@Test
	void endsWhenAPersonDoesNotAgree() {
		SCRIPTS.put("approvalPolicy", new ArrayDeque<>(List.of("REVIEW")));
		ProcessInstance run = start();
		complete(task(run), "REJECTED");
		work(run);
		assertThat(endOf(run)).isEqualTo("endEvent_CampaignRejected");
		assertThat(CALLS).doesNotContain("freezeAudience", "startRollout").contains("failCampaign");
	}

	@Test
	void endsWhenNobodyAgreesInTime() {
		SCRIPTS.put("approvalPolicy", new ArrayDeque<>(List.of("REVIEW")));
		ProcessInstance run = start();
		fire(run);
		assertThat(endOf(run)).isEqualTo("endEvent_NobodyAgreed");
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
	void endsWhenNobodyIsThere() {
		SCRIPTS.put("freezeAudience", new ArrayDeque<>(List.of("STOP")));
		ProcessInstance run = start();
		work(run);
		assertThat(endOf(run)).isEqualTo("endEvent_NobodyReached");
	}

	@Test
	void endsWhenNoWordsCanBeWritten() {
		SCRIPTS.put("writeWords", new ArrayDeque<>(List.of("AGENT_FAILED")));
		ProcessInstance run = start();
		work(run);
		assertThat(endOf(run)).isEqualTo("endEvent_WordsFailed");
	}

	@Test
	void endsWhenNoWordsMayBeSent() {
		SCRIPTS.put("checkWords", new ArrayDeque<>(List.of("STOP")));
		ProcessInstance run = start();
		work(run);
		assertThat(endOf(run)).isEqualTo("endEvent_NoWords");
		assertThat(CALLS).doesNotContain("startRollout", "startTest");
	}

	@Test
	void letsAPersonDecideOnceForEachDoubtfulContent() {
		SCRIPTS.put("checkWords", new ArrayDeque<>(List.of("REVIEW", "CONTINUE")));
		ProcessInstance run = start();
		work(run);
		List<Task> tasks = engine.getTaskService().createTaskQuery().processInstanceId(run.getId()).list();
		assertThat(tasks).hasSize(2).allMatch((task) -> task.getTaskDefinitionKey().equals("userTask_ReviewWords"));
		assertThat(tasks.stream().map((task) -> engine.getTaskService().getVariable(task.getId(), "contentId")))
			.containsExactlyInAnyOrder("content-1", "content-2");
		complete(tasks.get(0), "APPROVED");
		work(run);
		assertThat(CALLS).doesNotContain("startRollout");
		complete(tasks.get(1), "REJECTED");
		work(run);
		assertThat(CALLS.stream().filter("applyWordsReview"::equals)).hasSize(2);
		assertThat(waitsAt(run)).containsExactly("catchEvent_ChunksDone");
	}

	@Test
	void testsUntilThereIsAVerdict() {
		SCRIPTS.put("judgeTest", new ArrayDeque<>(List.of("DEFER", "CONTINUE")));
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
		assertThat(CALLS).containsSubsequence("startTest", "judgeTest", "judgeTest", "startRollout");
	}

	@Test
	void takesUpAgainWhoWasPutOff() {
		SCRIPTS.put("laterWindows", new ArrayDeque<>(List.of("DEFER", "CONTINUE")));
		ProcessInstance run = start();
		work(run);
		tell("Msg_CampaignChunksDone");
		work(run);
		assertThat(waitsAt(run)).containsExactly("catchEvent_WindowOpened");
		fire(run);
		work(run);
		tell("Msg_CampaignChunksDone");
		work(run);
		assertThat(waitsAt(run)).containsExactly("catchEvent_EverythingSent");
		assertThat(CALLS.stream().filter("startRollout"::equals)).hasSize(2);
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
		assertThat(CALLS).contains("startWaiting");
		assertThat(waitsAt(run)).contains("catchEvent_ChunksDone");
	}

	@Test
	void doesAChunkInOneTransaction() {
		ProcessInstance chunk = engine.getRuntimeService().startProcessInstanceByKey("campaign-chunk");
		assertThat(CALLS).isEmpty();
		assertThat(jobs(chunk)).hasSize(1);
		work(chunk);
		assertThat(CALLS).containsExactly("takeChunk", "clearedWords", "decideForPeople", "queueSends");
		assertThat(endOf(chunk)).isEqualTo("endEvent_SendsQueued");
	}

	@Test
	void putsAChunkBackThatIsNotWantedNow() {
		SCRIPTS.put("takeChunk", new ArrayDeque<>(List.of("STOP")));
		ProcessInstance chunk = engine.getRuntimeService().startProcessInstanceByKey("campaign-chunk");
		work(chunk);
		assertThat(CALLS).containsExactly("takeChunk");
		assertThat(endOf(chunk)).isEqualTo("endEvent_ChunkPutBack");
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
		beans.put("wordsTask", (TaskListener) (task) -> CALLS.add("wordsTask:" + task.getEventName()));
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
		for (String time : List.of("reviewDue", "reviewExpiry", "startAt", "testUntil", "deferUntil")) {
			instance.setVariable(time, soon);
		}
		instance.setVariable("flagged", new ArrayList<>(List.of("content-1", "content-2")));
	}

}
