package io.waypost.journey.engine;

import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutorContext;

import org.springframework.stereotype.Component;

/** Reads which attempt of a job is running, from the engine's internals. */
@Component
public class JobAttempts {

	/**
	 * Whether a job is running on this thread whose failure would leave no retries.
	 * @return false outside the job executor
	 */
	public boolean isLast() {
		JobExecutorContext context = Context.getJobExecutorContext();
		return context != null && context.getCurrentJob() != null && context.getCurrentJob().getRetries() <= 1;
	}

}
