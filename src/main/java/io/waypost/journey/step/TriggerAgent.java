package io.waypost.journey.step;

import io.waypost.journey.run.JourneyContext;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

/** Steps that look again whether the reason for a message still stands. */
@Component("triggerAgent")
class TriggerAgent implements JavaDelegate {

	private final AgentStepRunner steps;

	private final RunRecheck reasons;

	TriggerAgent(AgentStepRunner steps, RunRecheck reasons) {
		this.steps = steps;
		this.reasons = reasons;
	}

	@Override
	public void execute(DelegateExecution execution) {
		JourneyContext context = JourneyContext.from(execution);
		context.route(this.steps.attempt(execution, () -> this.reasons.route(context.tenant(), context.run())));
	}

}
