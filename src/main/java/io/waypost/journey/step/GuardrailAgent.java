package io.waypost.journey.step;

import io.waypost.agent.Guardrail;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

/** Step "Inspect words". */
@Component("guardrailAgent")
class GuardrailAgent implements JavaDelegate {

	private final AgentStepRunner steps;

	private final Guardrail guardrail;

	GuardrailAgent(AgentStepRunner steps, Guardrail guardrail) {
		this.steps = steps;
		this.guardrail = guardrail;
	}

	@Override
	public void execute(DelegateExecution execution) {
		this.steps.run(execution, this.guardrail::inspect);
	}

}
