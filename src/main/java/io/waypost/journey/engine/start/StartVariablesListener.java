package io.waypost.journey.engine.start;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.waypost.journey.engine.web.FormRefusedException;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.bpmn.listener.DelegateExpressionExecutionListener;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.el.ExpressionManager;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;

/**
 * Refuses the start of a process without the variables that it needs. The model names
 * them in the extension property {@code requiredVariables} of its start event, separated
 * by commas; else they are those that its messages read. Variables that the process does
 * not have and values that do not fit are refused too. The start fails at once, instead
 * of the first step that reads a variable. Other beans then check the journey run or the
 * chunk that the variables name.
 */
public final class StartVariablesListener extends AbstractBpmnParseListener {

	private final ExpressionManager expressions;

	private final List<String> checks;

	/**
	 * Creates the listener.
	 * @param expressions finds beans by name
	 * @param checks names of beans that check the variables after this listener
	 */
	public StartVariablesListener(ExpressionManager expressions, List<String> checks) {
		this.expressions = expressions;
		this.checks = checks;
	}

	@Override
	public void parseStartEvent(Element element, ScopeImpl scope, ActivityImpl startEvent) {
		if (scope instanceof ProcessDefinitionEntity process) {
			List<String> declared = RequiredVariables.declared(element);
			startEvent.addListener(ExecutionListener.EVENTNAME_START,
					(ExecutionListener) (execution) -> check(execution, process.getKey(), declared));
			for (String bean : this.checks) {
				startEvent.addListener(ExecutionListener.EVENTNAME_START, new DelegateExpressionExecutionListener(
						this.expressions.createExpression("${" + bean + "}"), List.of()));
			}
		}
	}

	/**
	 * A process that does not list its variables still must have those of its messages.
	 */
	@Override
	public void parseProcess(Element element, ProcessDefinitionEntity process) {
		List<String> ofMessages = RequiredVariables.ofMessages(element);
		for (Element startEvent : element.elements("startEvent")) {
			ActivityImpl activity = process.findActivity(startEvent.attribute("id"));
			if (activity != null && RequiredVariables.declared(startEvent).isEmpty()) {
				activity.addListener(ExecutionListener.EVENTNAME_START,
						(ExecutionListener) (execution) -> requireNotMissing(execution, process.getKey(), ofMessages));
			}
		}
	}

	private static void requireNotMissing(DelegateExecution execution, String process, List<String> required) {
		List<String> missing = StartVariables.missing(required, execution.getVariables());
		if (!missing.isEmpty()) {
			throw new FormRefusedException(missing(process, missing));
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
			problems.add(missing(process, missing));
		}
		if (execution.getSuperExecution() == null) {
			problems.addAll(StartVariables.problems(required, variables));
		}
		if (!problems.isEmpty()) {
			throw new FormRefusedException(String.join(". ", problems));
		}
	}

	private static String missing(String process, List<String> names) {
		return "The process '%s' cannot start without the variables %s; set them in 'variables'".formatted(process,
				String.join(", ", names));
	}

}
