package io.waypost.journey.engine;

import java.util.List;

import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.bpmn.listener.DelegateExpressionExecutionListener;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.el.ExpressionManager;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.util.xml.Element;

/** Adds the end listener of runs to every process, so that models need not name it. */
final class RunEndParseListener extends AbstractBpmnParseListener {

	private final ExpressionManager expressions;

	RunEndParseListener(ExpressionManager expressions) {
		this.expressions = expressions;
	}

	@Override
	public void parseProcess(Element element, ProcessDefinitionEntity process) {
		process.addListener(ExecutionListener.EVENTNAME_END, new DelegateExpressionExecutionListener(
				this.expressions.createExpression("${" + EngineBeans.RUN_ENDED + "}"), List.of()));
	}

}
