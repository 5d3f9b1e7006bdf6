package io.waypost.journey.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.waypost.journey.check.FlowGraph.Place;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.EventBasedGateway;
import org.camunda.bpm.model.bpmn.instance.ExclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.InclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.MultiInstanceLoopCharacteristics;
import org.camunda.bpm.model.bpmn.instance.ParallelGateway;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;

/**
 * Analyses every position of a message: each element with each combination of marks. An
 * element has at most eight combinations, so the search ends on every graph, loops
 * included, and finds a shortest unsafe path. A wait does not clear the permission mark,
 * because delivery checks permission before it sends.
 */
final class PathCheck {

	private final FlowGraph graph;

	private final Map<Place, Place> predecessors = new HashMap<>();

	private final List<ModelProblem> problems = new ArrayList<>();

	PathCheck(Process process) {
		this.graph = new FlowGraph(process);
	}

	List<ModelProblem> run() {
		Set<String> reported = new HashSet<>();
		Deque<Place> queue = new ArrayDeque<>();
		Set<Place> seen = new HashSet<>();
		this.graph.entries().stream().map((entry) -> new Place(entry, PathState.NONE)).forEach((entry) -> {
			seen.add(entry);
			queue.add(entry);
		});
		while (!queue.isEmpty()) {
			Place place = queue.remove();
			List<String> missing = missing(place);
			if (!missing.isEmpty() && reported.add(place.id())) {
				this.problems.add(unsafe(place, missing));
			}
			for (Place next : this.graph.next(place)) {
				if (seen.add(next)) {
					this.predecessors.put(next, place);
					queue.add(next);
				}
			}
		}
		this.graph.nodes().forEach(this::checkFork);
		return this.problems;
	}

	/** The required marks that an element lacks. */
	private static List<String> missing(Place place) {
		FlowNode node = place.node();
		List<String> missing = new ArrayList<>();
		if (StepEffects.sends(node) && !place.marks().permitted()) {
			missing.add(StepEffects.queuesChunk(node) ? "a permission decision (${decideRecipients})"
					: "a permission decision (${permissionCheck})");
		}
		if (StepEffects.startsChunks(node) && !place.marks().inspected()) {
			missing.add("content that was inspected (${writeCampaignContent})");
		}
		if (StepEffects.sends(node) && !place.marks().inspected()) {
			missing.add(StepEffects.queuesChunk(node) ? "content that was inspected (${loadClearedContent})"
					: "an inspection of the current content (${guardrailAgent})");
		}
		return missing;
	}

	private ModelProblem unsafe(Place place, List<String> missing) {
		return at(place.node(),
				"can be reached without %s; for example by %s".formatted(String.join(" and ", missing), path(place)));
	}

	private String path(Place place) {
		List<String> names = new ArrayList<>();
		for (Place step = place; step != null; step = this.predecessors.get(step)) {
			names.add(step.id());
		}
		Collections.reverse(names);
		return String.join(" → ", names);
	}

	/**
	 * Marks follow one token and miss content that changes on a parallel branch. So
	 * parallel branches must not write. They end at a join or at the end of their scope.
	 */
	private void checkFork(FlowNode node) {
		Set<FlowNode> parallel = runsManyTimes(node) ? within(node) : splits(node) ? branches(node) : Set.of();
		parallel.stream()
			.filter((writer) -> StepEffects.mayChangeContent(writer) && !(writer instanceof CallActivity))
			.map((writer) -> at(writer,
					"changes content on a branch parallel to another one (split at %s); move it before the split"
						.formatted(node.getId())))
			.filter((problem) -> !this.problems.contains(problem))
			.forEach(this.problems::add);
	}

	private Set<FlowNode> branches(FlowNode fork) {
		Set<FlowNode> parallel = new HashSet<>();
		Deque<FlowNode> queue = new ArrayDeque<>(List.of(fork));
		while (!queue.isEmpty()) {
			for (Place next : this.graph.next(new Place(queue.remove(), PathState.NONE))) {
				if (!joins(next.node()) && isWithin(next.node(), fork.getParentElement())
						&& parallel.add(next.node())) {
					queue.add(next.node());
				}
			}
		}
		return parallel;
	}

	private Set<FlowNode> within(FlowNode scope) {
		Set<FlowNode> inside = new HashSet<>(this.graph.nodes());
		inside.removeIf((node) -> !isWithin(node, scope));
		return inside;
	}

	private static boolean isWithin(FlowNode node, ModelElementInstance scope) {
		ModelElementInstance element = node;
		while (element != null && !element.equals(scope)) {
			element = element.getParentElement();
		}
		return element != null;
	}

	private static boolean runsManyTimes(FlowNode node) {
		return node instanceof Activity activity
				&& activity.getLoopCharacteristics() instanceof MultiInstanceLoopCharacteristics loop
				&& !loop.isSequential();
	}

	private boolean splits(FlowNode node) {
		if (node instanceof BoundaryEvent boundary) {
			return !boundary.cancelActivity() || this.graph.outgoing(node).size() > 1;
		}
		if (node instanceof StartEvent start && start.getParentElement() instanceof SubProcess scope
				&& scope.triggeredByEvent() && !start.isInterrupting()) {
			return true;
		}
		return this.graph.outgoing(node).size() > 1 && !(node instanceof ExclusiveGateway)
				&& !(node instanceof EventBasedGateway);
	}

	private boolean joins(FlowNode node) {
		return (node instanceof ParallelGateway || node instanceof InclusiveGateway) && this.graph.incoming(node) > 1;
	}

	private static ModelProblem at(FlowNode node, String reason) {
		return new ModelProblem(node.getId(), Objects.requireNonNullElse(node.getName(), ""), reason);
	}

}
