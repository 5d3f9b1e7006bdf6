package io.waypost.journey.step;

import io.waypost.journey.run.JourneyContext;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

/**
 * Steps that save a message or send it on; the model's input {@code action} says what.
 */
@Component("orchestratorAgent")
class OrchestratorAgent implements JavaDelegate {

	private final SendSteps steps;

	OrchestratorAgent(SendSteps steps) {
		this.steps = steps;
	}

	@Override
	public void execute(DelegateExecution execution) {
		String action = JourneyContext.from(execution).action();
		switch (action) {
			case "open" -> this.steps.open(execution);
			case "submit" -> this.steps.submit(execution);
			case "withhold" -> this.steps.withhold(execution);
			case "defer" -> this.steps.defer(execution);
			case "flag" -> this.steps.flag(execution);
			case "applyReview" -> this.steps.applyReview(execution);
			default -> throw new IllegalStateException(
					"Unknown action '%s' at %s".formatted(action, execution.getCurrentActivityId()));
		}
	}

}
