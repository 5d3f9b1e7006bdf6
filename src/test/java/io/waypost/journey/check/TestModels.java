package io.waypost.journey.check;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.builder.AbstractFlowNodeBuilder;
import org.camunda.bpm.model.bpmn.builder.ProcessBuilder;
import org.camunda.bpm.model.bpmn.builder.ServiceTaskBuilder;

/** Small journeys for tests of the checker. */
final class TestModels {

	static final DeploymentContext ALONE = new DeploymentContext(Map.of(), Set.of(), Set.of(),
			(key) -> Optional.empty(), (key) -> false, (id) -> false);

	private TestModels() {
	}

	static ProcessBuilder journey() {
		return Bpmn.createExecutableProcess("journey").camundaHistoryTimeToLiveString("P30D");
	}

	static ServiceTaskBuilder permit(AbstractFlowNodeBuilder<?, ?> at) {
		return at.serviceTask().camundaDelegateExpression("${permissionCheck}");
	}

	static ServiceTaskBuilder inspect(AbstractFlowNodeBuilder<?, ?> at) {
		return at.serviceTask().camundaDelegateExpression("${guardrailAgent}");
	}

	static ServiceTaskBuilder write(AbstractFlowNodeBuilder<?, ?> at, String id) {
		return step(at, id, "executorAgent");
	}

	static ServiceTaskBuilder step(AbstractFlowNodeBuilder<?, ?> at, String id, String bean) {
		return at.serviceTask(id).camundaDelegateExpression("${" + bean + "}");
	}

	static ServiceTaskBuilder send(AbstractFlowNodeBuilder<?, ?> at) {
		return step(at, "send", "queueSend");
	}

	static List<ModelProblem> problems(BpmnModelInstance model) {
		return new JourneyChecker().check(model, ALONE);
	}

	static List<ModelProblem> problems(BpmnModelInstance model, DeploymentContext surroundings) {
		return new JourneyChecker().check(model, surroundings);
	}

	/** A process around elements written as XML. */
	static BpmnModelInstance xml(String elements) {
		return parse("""
				<bpmn:process id="journey" isExecutable="true" camunda:historyTimeToLive="P30D">
				%s
				</bpmn:process>
				""".formatted(elements));
	}

	static BpmnModelInstance parse(String processes) {
		String text = """
				<?xml version="1.0" encoding="UTF-8"?>
				<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
					xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
					xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:activiti="http://activiti.org/bpmn"
					id="definitions" targetNamespace="test">
				%s
				</bpmn:definitions>
				""".formatted(processes);
		return Bpmn.readModelFromStream(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
	}

}
