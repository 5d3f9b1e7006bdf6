package io.waypost.journey.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.CallActivity;

/**
 * Refuses call cycles. Journeys call the newest version of a process, so one that is
 * deployed alone can create a cycle through deployed processes, which would never end.
 * The check for a safe send needs no other process: each process must have its own
 * permission decision and inspection before each of its sends, whichever process calls
 * it.
 */
final class CallCycleCheck {

	private final DeploymentContext context;

	CallCycleCheck(DeploymentContext context) {
		this.context = context;
	}

	List<ModelProblem> run(BpmnModelInstance model) {
		List<ModelProblem> problems = new ArrayList<>();
		for (CallActivity call : model.getModelElementsByType(CallActivity.class)) {
			String called = Objects.requireNonNullElse(call.getCalledElement(), "");
			path(called, CallGraph.process(call).getId()).ifPresent((path) -> problems
				.add(new ModelProblem(call.getId(), Objects.requireNonNullElse(call.getName(), ""),
						"creates a call cycle: " + String.join(" → ", path))));
		}
		return problems;
	}

	/** A shortest chain of calls, both ends included. */
	private Optional<List<String>> path(String from, String to) {
		Map<String, String> calledBy = new HashMap<>(Map.of(from, ""));
		Deque<String> queue = new ArrayDeque<>(List.of(from));
		while (!queue.isEmpty()) {
			String process = queue.remove();
			if (process.equals(to)) {
				return Optional.of(reversedPath(calledBy, process));
			}
			for (String next : this.context.calls(process)) {
				if (calledBy.putIfAbsent(next, process) == null) {
					queue.add(next);
				}
			}
		}
		return Optional.empty();
	}

	private static List<String> reversedPath(Map<String, String> calledBy, String end) {
		List<String> path = new ArrayList<>();
		for (String process = end; !process.isEmpty(); process = calledBy.getOrDefault(process, "")) {
			path.add(process);
		}
		path.add(end);
		Collections.reverse(path);
		return path;
	}

}
