package io.waypost.journey;

import io.waypost.agent.Gate;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

/** Step "Check send window". */
@Component("throttlingCheck")
class ThrottlingCheck implements JavaDelegate {

	private final AgentSteps steps;

	private final Gate gate;

	ThrottlingCheck(AgentSteps steps, Gate gate) {
		this.steps = steps;
		this.gate = gate;
	}

	@Override
	public void execute(DelegateExecution execution) {
		this.steps.run(execution, this.gate::throttle);
	}

}
