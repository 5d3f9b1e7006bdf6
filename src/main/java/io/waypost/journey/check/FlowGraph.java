package io.waypost.journey.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.CancelEventDefinition;
import org.camunda.bpm.model.bpmn.instance.CatchEvent;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.ErrorEventDefinition;
import org.camunda.bpm.model.bpmn.instance.EventDefinition;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.IntermediateCatchEvent;
import org.camunda.bpm.model.bpmn.instance.IntermediateThrowEvent;
import org.camunda.bpm.model.bpmn.instance.LinkEventDefinition;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;

/**
 * The possible moves of a token in one process: flows, links, embedded and event
 * subprocesses, boundary events.
 */
final class FlowGraph {

	private final List<FlowNode> nodes = new ArrayList<>();

	/**
	 * Flows by source and target as the engine reads them; the lists of incoming and
	 * outgoing flows in an element have no effect.
	 */
	private final Map<String, List<SequenceFlow>> outgoing = new HashMap<>();

	private final Map<String, Integer> incoming = new HashMap<>();

	FlowGraph(Process process) {
		collect(process);
	}

	/** A place on a path: an element and the marks of a message that enters it. */
	record Place(FlowNode node, PathState marks) {

		String id() {
			return this.node.getId();
		}

	}

	List<FlowNode> nodes() {
		return List.copyOf(this.nodes);
	}

	List<SequenceFlow> outgoing(FlowNode node) {
		return this.outgoing.getOrDefault(node.getId(), List.of());
	}

	int incoming(FlowNode node) {
		return this.incoming.getOrDefault(node.getId(), 0);
	}

	/**
	 * Elements at which tokens begin without marks: start events of the process and of
	 * event subprocesses, and elements without incoming flows, such as compensation
	 * handlers.
	 */
	List<FlowNode> entries() {
		return this.nodes.stream().filter(this::isEntry).toList();
	}

	/** The places that a token can reach next. */
	List<Place> next(Place place) {
		FlowNode node = place.node();
		List<Place> next = new ArrayList<>();
		PathState after = StepEffects.after(node, place.marks());
		if (node instanceof SubProcess embedded) {
			starts(embedded).forEach((start) -> next.add(new Place(start, place.marks())));
			if (starts(embedded).isEmpty()) {
				leave(embedded, after, next);
			}
		}
		else {
			leaveBy(node, after, next);
		}
		interrupt(node, place.marks(), after, next);
		return next;
	}

	private void leaveBy(FlowNode node, PathState marks, List<Place> next) {
		for (SequenceFlow flow : outgoing(node)) {
			next.add(new Place(flow.getTarget(), StepEffects.along(flow, marks)));
		}
		link(node).forEach((target) -> next.add(new Place(target, marks)));
		if (outgoing(node).isEmpty() && !endsByException(node)) {
			leave(node.getParentElement(), marks, next);
		}
	}

	/**
	 * The end of a subprocess; the end of an event subprocess ends the scope around it.
	 */
	private void leave(ModelElementInstance scope, PathState marks, List<Place> next) {
		if (!(scope instanceof SubProcess subProcess)) {
			return;
		}
		if (subProcess.triggeredByEvent()) {
			leave(subProcess.getParentElement(), marks, next);
			return;
		}
		if (subProcess.getLoopCharacteristics() != null) {
			starts(subProcess).forEach((start) -> next.add(new Place(start, marks)));
		}
		leaveBy(subProcess, marks, next);
	}

	/**
	 * Boundary events of the element and of the subprocesses around it may fire at any
	 * time.
	 */
	private void interrupt(FlowNode node, PathState before, PathState after, List<Place> next) {
		ModelElementInstance attached = node;
		while (attached instanceof FlowNode element) {
			for (BoundaryEvent boundary : boundaries(element)) {
				next.add(new Place(boundary, before));
				next.add(new Place(boundary, after));
			}
			attached = element.getParentElement();
		}
	}

	private boolean isEntry(FlowNode node) {
		if (node instanceof StartEvent) {
			return !(node.getParentElement() instanceof SubProcess scope) || scope.triggeredByEvent();
		}
		boolean eventSubProcess = node instanceof SubProcess subProcess && subProcess.triggeredByEvent();
		return incoming(node) == 0 && !(node instanceof BoundaryEvent) && !eventSubProcess
				&& !linkNames(node).stream().anyMatch((name) -> node instanceof CatchEvent && isThrown(name));
	}

	private boolean isThrown(String link) {
		return this.nodes.stream()
			.anyMatch((node) -> node instanceof IntermediateThrowEvent && linkNames(node).contains(link));
	}

	private List<FlowNode> link(FlowNode node) {
		if (!(node instanceof IntermediateThrowEvent)) {
			return List.of();
		}
		List<String> names = linkNames(node);
		return this.nodes.stream()
			.filter((target) -> target instanceof IntermediateCatchEvent
					&& linkNames(target).stream().anyMatch(names::contains))
			.toList();
	}

	private List<BoundaryEvent> boundaries(FlowNode node) {
		return this.nodes.stream()
			.filter(BoundaryEvent.class::isInstance)
			.map(BoundaryEvent.class::cast)
			.filter((boundary) -> node instanceof Activity && node.equals(boundary.getAttachedTo()))
			.toList();
	}

	private static List<StartEvent> starts(SubProcess subProcess) {
		return List.copyOf(subProcess.getChildElementsByType(StartEvent.class));
	}

	private static List<String> linkNames(FlowNode node) {
		return node.getChildElementsByType(LinkEventDefinition.class)
			.stream()
			.map(LinkEventDefinition::getName)
			.filter(Objects::nonNull)
			.toList();
	}

	private static boolean endsByException(FlowNode node) {
		Collection<EventDefinition> definitions = node.getChildElementsByType(EventDefinition.class);
		return node instanceof EndEvent && definitions.stream()
			.anyMatch((definition) -> definition instanceof ErrorEventDefinition
					|| definition instanceof CancelEventDefinition);
	}

	private void collect(ModelElementInstance scope) {
		for (SequenceFlow flow : scope.getChildElementsByType(SequenceFlow.class)) {
			if (flow.getSource() != null && flow.getTarget() != null) {
				this.outgoing.computeIfAbsent(flow.getSource().getId(), (id) -> new ArrayList<>()).add(flow);
				this.incoming.merge(flow.getTarget().getId(), 1, Integer::sum);
			}
		}
		for (FlowNode node : scope.getChildElementsByType(FlowNode.class)) {
			this.nodes.add(node);
			if (node instanceof SubProcess) {
				collect(node);
			}
		}
	}

}
