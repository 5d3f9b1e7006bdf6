package io.waypost.journey.engine;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import org.camunda.bpm.engine.impl.ProcessEngineImpl;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.Status;

import static org.assertj.core.api.Assertions.assertThat;

class JobExecutorHealthTests {

	private final AtomicLong time = new AtomicLong();

	private final JobAcquisition acquisition = new JobAcquisition(this.time::get);

	private final StartedExecutor executor = new StartedExecutor();

	private final JobExecutorHealth indicator = new JobExecutorHealth(this.executor, this.acquisition);

	@BeforeEach
	void observe() {
		this.acquisition.observe(this.executor);
		this.executor.start();
	}

	@AfterEach
	void stop() {
		this.executor.shutdown();
	}

	@Test
	void isUpAfterALookForJobs() {
		this.executor.getAcquireJobsCmd(1);
		Health health = this.indicator.health();
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsEntry("secondsSinceLastLook", 0L);
	}

	@Test
	void isDownWhenTheThreadHasEnded() throws InterruptedException {
		Thread thread = Thread.ofPlatform().start(() -> this.executor.getAcquireJobsCmd(1));
		thread.join();
		assertThat(this.executor.isActive()).as("what the engine itself reports").isTrue();
		assertThat(this.indicator.health().getStatus()).isEqualTo(Status.DOWN);
	}

	@Test
	void isDownWhenTheThreadIsBlocked() {
		this.executor.getAcquireJobsCmd(1);
		this.time.addAndGet(JobExecutorHealth.LIMIT.toNanos());
		assertThat(this.indicator.health().getStatus()).isEqualTo(Status.UP);
		this.time.addAndGet(1);
		assertThat(this.indicator.health().getStatus()).isEqualTo(Status.DOWN);
	}

	@Test
	void isDownWhenTheExecutorIsStopped() {
		this.executor.shutdown();
		assertThat(this.indicator.health().getDetails()).containsEntry("reason", "The job executor is stopped");
	}

	/** Starts no thread. */
	private static final class StartedExecutor extends JobExecutor {

		@Override
		protected void startExecutingJobs() {
		}

		@Override
		protected void stopExecutingJobs() {
		}

		@Override
		public void executeJobs(List<String> jobIds, ProcessEngineImpl engine) {
		}

	}

}
