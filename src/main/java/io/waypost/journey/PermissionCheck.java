package io.waypost.journey;

import io.waypost.agent.Gate;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

/** Step "Check permission". */
@Component("permissionCheck")
class PermissionCheck implements JavaDelegate {

	private final AgentSteps steps;

	private final Gate gate;

	PermissionCheck(AgentSteps steps, Gate gate) {
		this.steps = steps;
		this.gate = gate;
	}

	@Override
	public void execute(DelegateExecution execution) {
		this.steps.run(execution, this.gate::permit);
	}

}
