package io.waypost.journey.step;

import io.waypost.agent.Planner;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

/** Step "Plan content". */
@Component("plannerAgent")
class PlannerAgent implements JavaDelegate {

	private final AgentStepRunner steps;

	private final Planner planner;

	PlannerAgent(AgentStepRunner steps, Planner planner) {
		this.steps = steps;
		this.planner = planner;
	}

	@Override
	public void execute(DelegateExecution execution) {
		this.steps.run(execution, this.planner::plan);
	}

}
