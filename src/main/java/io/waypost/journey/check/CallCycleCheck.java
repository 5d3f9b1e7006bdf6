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
 * Refuses circles of calls. Journeys call the newest version of a process, so one that is
 * deployed alone can close a circle through deployed processes, which would never end.
 * The check for a safe send needs no other process: each process must have its own
 * permission decision and inspection before each of its sends, whichever process calls
 * it.
 */
final class CallCycleCheck {

	private final DeploymentContext surroundings;

	CallCycleCheck(DeploymentContext surroundings) {
		this.surroundings = surroundings;
	}

	List<ModelProblem> run(BpmnModelInstance model) {
		List<ModelProblem> objections = new ArrayList<>();
		for (CallActivity call : model.getModelElementsByType(CallActivity.class)) {
			String called = Objects.requireNonNullElse(call.getCalledElement(), "");
			way(called, CallGraph.process(call).getId()).ifPresent((way) -> objections
				.add(new ModelProblem(call.getId(), Objects.requireNonNullElse(call.getName(), ""),
						"calls a process that calls this one again in an endless circle: " + String.join(" → ", way))));
		}
		return objections;
	}

	/** A shortest chain of calls, both ends included. */
	private Optional<List<String>> way(String from, String to) {
		Map<String, String> calledBy = new HashMap<>(Map.of(from, ""));
		Deque<String> open = new ArrayDeque<>(List.of(from));
		while (!open.isEmpty()) {
			String process = open.remove();
			if (process.equals(to)) {
				return Optional.of(back(calledBy, process));
			}
			for (String next : this.surroundings.calls(process)) {
				if (calledBy.putIfAbsent(next, process) == null) {
					open.add(next);
				}
			}
		}
		return Optional.empty();
	}

	private static List<String> back(Map<String, String> calledBy, String end) {
		List<String> way = new ArrayList<>();
		for (String at = end; !at.isEmpty(); at = calledBy.getOrDefault(at, "")) {
			way.add(at);
		}
		way.add(end);
		Collections.reverse(way);
		return way;
	}

}
