package io.waypost.journey.engine;

import java.time.Duration;

import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;

import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.stereotype.Component;

/**
 * Health of the job executor, instead of the starter's indicator, which reports that it
 * was started only. It is down when its thread has ended or has not looked for due jobs
 * for two minutes. While the database is unavailable the thread continues to look, so it
 * stays up.
 */
@Component("jobExecutorHealthIndicator")
class JobExecutorHealth extends AbstractHealthIndicator {

	static final Duration LIMIT = Duration.ofMinutes(2);

	private final JobExecutor executor;

	private final JobAcquisition acquisition;

	JobExecutorHealth(JobExecutor executor, JobAcquisition acquisition) {
		super("The job executor could not be checked");
		this.executor = executor;
		this.acquisition = acquisition;
	}

	@Override
	protected void doHealthCheck(Health.Builder health) {
		if (!this.executor.isActive()) {
			health.down().withDetail("reason", "The job executor is stopped");
		}
		else if (this.acquisition.hasEnded()) {
			health.down().withDetail("reason", "The thread that looks for due jobs has ended; restart this node");
		}
		else if (this.acquisition.age().filter((age) -> age.compareTo(LIMIT) > 0).isPresent()) {
			health.down()
				.withDetail("reason", "No look for due jobs for more than %d s; restart this node if it lasts"
					.formatted(LIMIT.toSeconds()));
		}
		else {
			health.up();
		}
		this.acquisition.age().ifPresent((age) -> health.withDetail("secondsSinceLastLook", age.toSeconds()));
	}

}
