package io.waypost.journey.engine;

import org.camunda.bpm.engine.impl.cmd.DefaultJobRetryCmd;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.jobexecutor.FailedJobCommandFactory;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;

/**
 * Notes at a job that has failed what the matter is; its incident says the same. The
 * engine itself would note the outermost exception, which after a fault of the database
 * says no more than that there was one.
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
