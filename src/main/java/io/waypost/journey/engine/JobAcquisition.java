package io.waypost.journey.engine;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;

import org.camunda.bpm.engine.impl.cmd.AcquireJobsCmd;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.jobexecutor.AcquireJobsCommandFactory;
import org.camunda.bpm.engine.impl.jobexecutor.AcquiredJobs;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Records when the job executor's thread last looked for due jobs. The engine asks for a
 * command before each look. It does not notice the end of that thread by an error such as
 * {@link OutOfMemoryError}: the job executor remains active without executing anything.
 */
@Component
class JobAcquisition {

	private final LongSupplier nanoTime;

	private volatile @Nullable Cycle last;

	JobAcquisition() {
		this(System::nanoTime);
	}

	JobAcquisition(LongSupplier nanoTime) {
		this.nanoTime = nanoTime;
	}

	private record Cycle(Thread thread, long time) {

	}

	/** Observes an executor from its next start on. */
	void observe(JobExecutor executor) {
		AcquireJobsCommandFactory next = Objects.requireNonNullElse(executor.getAcquireJobsCmdFactory(),
				(count) -> new AcquireJobsCmd(executor, count));
		executor.setAcquireJobsCmdFactory((count) -> command(next, count));
	}

	private Command<AcquiredJobs> command(AcquireJobsCommandFactory next, int count) {
		this.last = new Cycle(Thread.currentThread(), this.nanoTime.getAsLong());
		return next.getCommand(count);
	}

	/** Whether the thread that looks for due jobs has ended. */
	boolean hasEnded() {
		Cycle cycle = this.last;
		return cycle != null && !cycle.thread().isAlive();
	}

	/**
	 * Returns the time since the last look.
	 * @return empty before the first look
	 */
	Optional<Duration> age() {
		return Optional.ofNullable(this.last)
			.map((cycle) -> Duration.ofNanos(this.nanoTime.getAsLong() - cycle.time()));
	}

}
