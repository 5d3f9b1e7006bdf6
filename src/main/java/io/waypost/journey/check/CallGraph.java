package io.waypost.journey.check;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;

/** Reads which process calls which. */
public final class CallGraph {

	private CallGraph() {
	}

	/**
	 * Reads the calls of a model.
	 * @param model the model
	 * @return key of each of its processes to the keys it calls, subprocesses included
	 */
	public static Map<String, Set<String>> of(BpmnModelInstance model) {
		Map<String, Set<String>> calls = new HashMap<>();
		model.getModelElementsByType(Process.class).forEach((process) -> calls.put(process.getId(), new HashSet<>()));
		for (CallActivity call : model.getModelElementsByType(CallActivity.class)) {
			Set<String> called = calls.get(process(call).getId());
			if (called != null && call.getCalledElement() != null) {
				called.add(call.getCalledElement());
			}
		}
		return calls;
	}

	/** The process that contains an element, at any depth. */
	static Process process(CallActivity call) {
		ModelElementInstance element = call;
		while (!(element instanceof Process process)) {
			element = element.getParentElement();
		}
		return process;
	}

}
