package io.waypost.journey.engine;

import org.camunda.bpm.engine.impl.cmd.DefaultJobRetryCmd;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.jobexecutor.FailedJobCommandFactory;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;

/**
 * Stores the root cause at a failed job; its incident has the same message. The engine
 * itself would store the outermost exception, which hides the cause of a database
 * failure.
 */
final class RootCauseRetry implements FailedJobCommandFactory {

	@Override
	public Command<Object> getCommand(String job, Throwable failure) {
		return new Retry(job, failure);
	}

	private static final class Retry extends DefaultJobRetryCmd {

		Retry(String job, Throwable failure) {
			super(job, failure);
		}

		@Override
		protected void logException(JobEntity job) {
			super.logException(job);
			if (this.exception != null) {
				job.setExceptionMessage(RootCause.of(this.exception));
			}
		}

	}

}
