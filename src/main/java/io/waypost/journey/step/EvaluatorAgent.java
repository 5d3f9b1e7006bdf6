package io.waypost.journey.step;

import io.waypost.agent.Evaluator;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

/** Step "Evaluate words". */
@Component("evaluatorAgent")
class EvaluatorAgent implements JavaDelegate {

	private final AgentStepRunner steps;

	private final Evaluator evaluator;

	EvaluatorAgent(AgentStepRunner steps, Evaluator evaluator) {
		this.steps = steps;
		this.evaluator = evaluator;
	}

	@Override
	public void execute(DelegateExecution execution) {
		this.steps.run(execution, this.evaluator::evaluate);
	}

}
