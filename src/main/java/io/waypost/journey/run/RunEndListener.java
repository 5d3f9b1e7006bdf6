package io.waypost.journey.run;

import java.time.Clock;

import io.micrometer.core.instrument.MeterRegistry;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Stores the end of a run. The engine calls it at the end of every process instance; only
 * the outermost one ends a run.
 */
@Component("runEnded")
class RunEndListener implements ExecutionListener {

	private final JourneyRunRepository runs;

	private final StartingRuns startingRuns;

	private final Clock clock;

	private final MeterRegistry meters;

	RunEndListener(JourneyRunRepository runs, StartingRuns startingRuns, Clock clock, MeterRegistry meters) {
		this.runs = runs;
		this.startingRuns = startingRuns;
		this.clock = clock;
		this.meters = meters;
	}

	@Override
	public void notify(DelegateExecution execution) {
		if (execution.getSuperExecution() == null && execution.hasVariable(JourneyVariables.RUN)) {
			JourneyContext context = JourneyContext.from(execution);
			String outcome = outcome(execution);
			if (!this.startingRuns.ended(context.run(), outcome)) {
				this.runs.ended(context.tenant(), context.run(), outcome, this.clock.instant());
			}
			this.meters.counter("waypost.journey.run.end", "outcome", outcome).increment();
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
