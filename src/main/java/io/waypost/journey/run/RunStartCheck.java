package io.waypost.journey.run;

import java.time.Clock;

import io.waypost.journey.engine.web.FormRefusedException;
import io.waypost.kernel.JourneyRunId;
import io.waypost.kernel.TenantId;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;

import org.springframework.stereotype.Component;

/**
 * Refuses the start of a process for a journey run that cannot be started, for example
 * over the engine's REST API with an unknown {@code runId}. The engine calls it at the
 * start of every process instance. A called process uses the run of its caller, and a run
 * that this thread is starting is claimed already.
 */
@Component("runStartCheck")
class RunStartCheck implements ExecutionListener {

	private final JourneyRunRepository runs;

	private final StartingRuns startingRuns;

	private final Clock clock;

	RunStartCheck(JourneyRunRepository runs, StartingRuns startingRuns, Clock clock) {
		this.runs = runs;
		this.startingRuns = startingRuns;
		this.clock = clock;
	}

	@Override
	public void notify(DelegateExecution execution) {
		if (execution.getSuperExecution() != null || execution.getVariable(JourneyVariables.RUN) == null) {
			return;
		}
		JourneyRunId run = run(execution.getVariable(JourneyVariables.RUN).toString());
		if (this.startingRuns.find(run).isEmpty()) {
			claim(execution, run);
		}
	}

	/** Claims the run, so that no thread of {@link RunStarter} starts it again. */
	private void claim(DelegateExecution execution, JourneyRunId run) {
		TenantId tenant = JourneyContext.from(execution).tenant();
		if (!this.runs.claimForInstance(tenant, run, execution.getProcessInstanceId(), this.clock.instant())) {
			throw new FormRefusedException(
					("The variable runId must be the id of a pending run of the tenant '%s', but "
							+ "'%s' is not; GET /api/v1/journeys/runs lists the runs")
						.formatted(tenant.value(), run));
		}
	}

	private static JourneyRunId run(String text) {
		try {
			return JourneyRunId.of(text);
		}
		catch (IllegalArgumentException ex) {
			throw new FormRefusedException(
					"The variable runId must be a UUID, but it is '%s'; GET /api/v1/journeys/runs lists the runs"
						.formatted(text));
		}
	}

}
