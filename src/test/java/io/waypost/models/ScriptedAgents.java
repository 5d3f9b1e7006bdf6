package io.waypost.models;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Date;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.camunda.bpm.engine.delegate.BpmnError;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;

/**
 * Stand-ins for every bean that the models name. Each answers with the routes it was told
 * to give, then with CONTINUE, and writes down that it was called.
 */
final class ScriptedAgents {

	private static final String FAIL = "AGENT_FAILED";

	private final Map<String, Deque<String>> scripts = new HashMap<>();

	private final List<String> calls = new ArrayList<>();

	private int attempt;

	/** Tells a step what to answer, in order; {@code AGENT_FAILED} throws. */
	ScriptedAgents script(String step, String... answers) {
		this.scripts.put(step, new ArrayDeque<>(List.of(answers)));
		return this;
	}

	List<String> calls() {
		return this.calls;
	}

	void reset() {
		this.scripts.clear();
		this.calls.clear();
		this.attempt = 0;
	}

	Map<Object, Object> beans() {
		Map<Object, Object> beans = new HashMap<>();
		for (String bean : List.of("permissionCheck", "throttlingCheck", "plannerAgent", "evaluatorAgent",
				"guardrailAgent", "triggerAgent", "escalateReview", "withholdSend", "queueSend", "applyReview")) {
			beans.put(bean, (JavaDelegate) (execution) -> answer(bean, execution));
		}
		for (String bean : List.of("executorAgent", "fallbackExecutorAgent")) {
			beans.put(bean, (JavaDelegate) (execution) -> write(bean, execution));
		}
		beans.put("openSend", (JavaDelegate) this::open);
		beans.put("deferSend", (JavaDelegate) this::defer);
		beans.put("flagForReview", (JavaDelegate) this::flag);
		beans.put("expireReview", (JavaDelegate) this::expire);
		beans.put("reviewTask", (TaskListener) (task) -> {
			this.calls.add("reviewTask:" + task.getEventName());
			if (TaskListener.EVENTNAME_COMPLETE.equals(task.getEventName())) {
				task.getExecution().setVariable("reviewDecision", task.getVariable("decided"));
			}
		});
		return beans;
	}

	private void open(DelegateExecution execution) {
		execution.setVariable("sendId", "send-1");
		stand(execution, "PLANNED");
		answer("openSend", execution);
	}

	private void defer(DelegateExecution execution) {
		execution.getProcessInstance().setVariable("deferUntil", Date.from(soon()));
		stand(execution, "DEFERRED");
		answer("deferSend", execution);
	}

	private void flag(DelegateExecution execution) {
		stand(execution, "FLAGGED");
		execution.getProcessInstance().setVariable("reviewDue", Date.from(soon()));
		execution.getProcessInstance().setVariable("reviewExpiry", Date.from(soon().plusSeconds(3600)));
		answer("flagForReview", execution);
	}

	private void expire(DelegateExecution execution) {
		execution.getProcessInstance().setVariable("reviewDecision", "EXPIRED");
		answer("expireReview", execution);
	}

	private static Instant soon() {
		return Instant.now().plusSeconds(3600);
	}

	private static void stand(DelegateExecution execution, String status) {
		execution.getProcessInstance().setVariable("sendStatus", status);
	}

	private void write(String bean, DelegateExecution execution) {
		this.attempt++;
		answer(bean, execution);
	}

	private void answer(String step, DelegateExecution execution) {
		this.calls.add(step);
		Deque<String> answers = this.scripts.getOrDefault(step, new ArrayDeque<>());
		String route = answers.isEmpty() ? "CONTINUE" : answers.removeFirst();
		if (FAIL.equals(route)) {
			throw new BpmnError(FAIL);
		}
		DelegateExecution instance = execution.getProcessInstance();
		instance.setVariable("route", route);
		instance.setVariable("attempt", this.attempt);
	}

}
