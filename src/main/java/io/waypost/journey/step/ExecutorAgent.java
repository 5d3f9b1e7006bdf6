package io.waypost.journey.step;

import io.waypost.agent.Executor;
import io.waypost.journey.run.JourneyContext;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

/** Steps "Write words" and "Write fallback words". */
@Component("executorAgent")
class ExecutorAgent implements JavaDelegate {

	private final AgentStepRunner steps;

	private final Executor executor;

	ExecutorAgent(AgentStepRunner steps, Executor executor) {
		this.steps = steps;
		this.executor = executor;
	}

	@Override
	public void execute(DelegateExecution execution) {
		String mode = JourneyContext.from(execution).mode();
		switch (mode) {
			case "write" -> this.steps.run(execution, this.executor::write);
			case "fallback" -> this.steps.run(execution, this.executor::writeFallback);
			default -> throw new IllegalStateException(
					"Unknown mode '%s' at %s; use write or fallback".formatted(mode, execution.getCurrentActivityId()));
		}
	}

}
