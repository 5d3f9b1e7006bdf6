package io.waypost.journey.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
 * by commas. Variables that the process does not have and values that do not fit are
 * refused too. The start fails at once, instead of the first step that reads a variable.
 * The beans {@code runStartCheck} and {@code chunkStartCheck} then check the journey run
 * or the chunk that the variables name.
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
			for (String bean : List.of(EngineBeans.RUN_START_CHECK, EngineBeans.CHUNK_START_CHECK)) {
				startEvent.addListener(ExecutionListener.EVENTNAME_START, new DelegateExpressionExecutionListener(
						this.expressions.createExpression("${" + bean + "}"), List.of()));
			}
		}
	}

	/**
	 * A called process gets its variables from a model that was checked, so only missing
	 * ones are refused.
	 */
	private static void check(DelegateExecution execution, String process, List<String> required) {
		if (required.isEmpty()) {
			return;
		}
		Map<String, Object> variables = execution.getVariables();
		List<String> problems = new ArrayList<>();
		List<String> missing = StartVariables.missing(required, variables);
		if (!missing.isEmpty()) {
			problems.add("The process '%s' cannot start without the variables %s; set them in 'variables'"
				.formatted(process, String.join(", ", missing)));
		}
		if (execution.getSuperExecution() == null) {
			problems.addAll(StartVariables.problems(required, variables));
		}
		if (!problems.isEmpty()) {
			throw new FormRefusedException(String.join(". ", problems));
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
