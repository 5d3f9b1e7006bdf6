package io.waypost.journey.engine;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import io.waypost.journey.engine.web.FormRefusedException;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.bpmn.listener.DelegateExpressionExecutionListener;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParse;
import org.camunda.bpm.engine.impl.el.ExpressionManager;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;

/**
 * Refuses the start of a process without the variables that it needs. The model names
 * them in the extension property {@code requiredVariables} of its start event, separated
 * by commas. The start fails at once, instead of the first step that reads a variable.
 * The bean {@code runStartCheck} then checks the journey run that the variables name.
 */
final class StartVariablesListener extends AbstractBpmnParseListener {

	private static final String PROPERTY = "requiredVariables";

	private final ExpressionManager expressions;

	StartVariablesListener(ExpressionManager expressions) {
		this.expressions = expressions;
	}

	@Override
	public void parseStartEvent(Element element, ScopeImpl scope, ActivityImpl startEvent) {
		if (scope instanceof ProcessDefinitionEntity process) {
			List<String> required = required(element);
			startEvent.addListener(ExecutionListener.EVENTNAME_START,
					(ExecutionListener) (execution) -> check(execution, process.getKey(), required));
			startEvent.addListener(ExecutionListener.EVENTNAME_START, new DelegateExpressionExecutionListener(
					this.expressions.createExpression("${" + EngineBeans.RUN_START_CHECK + "}"), List.of()));
		}
	}

	/** A variable that is null counts as missing. */
	private static void check(DelegateExecution execution, String process, List<String> required) {
		List<String> missing = required.stream().filter((name) -> execution.getVariable(name) == null).toList();
		if (!missing.isEmpty()) {
			throw new FormRefusedException(
					"The process '%s' cannot start without the variables %s; set them in 'variables'".formatted(process,
							String.join(", ", missing)));
		}
	}

	private static List<String> required(Element startEvent) {
		return Stream.ofNullable(startEvent.element("extensionElements"))
			.map((extensions) -> extensions.elementNS(BpmnParse.CAMUNDA_BPMN_EXTENSIONS_NS, "properties"))
			.filter(Objects::nonNull)
			.flatMap((properties) -> properties.elementsNS(BpmnParse.CAMUNDA_BPMN_EXTENSIONS_NS, "property").stream())
			.filter((property) -> PROPERTY.equals(property.attribute("name")))
			.flatMap((property) -> Stream.of(property.attribute("value").split(",")))
			.map(String::strip)
			.filter((name) -> !name.isEmpty())
			.toList();
	}

}
