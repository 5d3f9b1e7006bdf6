package io.waypost.journey;

import java.time.Clock;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Notes the end of a run. The engine calls it at the end of every process; only the
 * outermost one ends a run.
 */
@Component("runEnded")
class RunEnded implements ExecutionListener {

	private final JourneyRuns runs;

	private final Clock clock;

	RunEnded(JourneyRuns runs, Clock clock) {
		this.runs = runs;
		this.clock = clock;
	}

	@Override
	public void notify(DelegateExecution execution) {
		if (execution.getSuperExecution() == null && execution.hasVariable(JourneyVariables.RUN)) {
			JourneyContext context = JourneyContext.from(execution);
			this.runs.ended(context.tenant(), context.run(), outcome(execution), this.clock.instant());
		}
	}

	private static String outcome(DelegateExecution execution) {
		@Nullable String end = execution.getCurrentActivityName();
		if (execution.isCanceled()) {
			return "Cancelled";
		}
		return (end == null || end.isBlank()) ? "Ended" : end;
	}

}
