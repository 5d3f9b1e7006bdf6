package io.waypost.journey.step;

import io.waypost.agent.SendGate;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

/** Step "Check send window". */
@Component("throttlingCheck")
class ThrottlingCheck implements JavaDelegate {

	private final AgentStepRunner steps;

	private final SendGate gate;

	ThrottlingCheck(AgentStepRunner steps, SendGate gate) {
		this.steps = steps;
		this.gate = gate;
	}

	@Override
	public void execute(DelegateExecution execution) {
		this.steps.run(execution, this.gate::throttle);
	}

}
