package io.waypost.journey.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import io.waypost.database.TenantScope;
import io.waypost.journey.message.MessageCorrelator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Threads that start stored runs in the engine and deliver pending messages. One wakes
 * after a commit that left work, and wakes another when more runs are pending than fit
 * into one transaction. All poll for work that another node left. They start last and
 * stop first, while engine and database are available.
 */
@Component
public class RunStarter implements SmartLifecycle, Runnable {

	private static final Logger log = LoggerFactory.getLogger(RunStarter.class);

	/** Stops before all other beans. */
	private static final int PHASE = Integer.MAX_VALUE - 100;

	private final ObjectProvider<RunBatchStarter> starter;

	private final ObjectProvider<MessageCorrelator> correlator;

	private final ObjectProvider<JourneyRunRepository> runs;

	private final JourneySettings settings;

	private final Clock clock;

	private final Semaphore work = new Semaphore(0);

	private volatile boolean running;

	private List<Thread> threads = List.of();

	private final AtomicReference<Instant> nextSweep = new AtomicReference<>(Instant.MIN);

	RunStarter(ObjectProvider<RunBatchStarter> starter, ObjectProvider<MessageCorrelator> correlator,
			ObjectProvider<JourneyRunRepository> runs, JourneySettings settings, Clock clock) {
		this.starter = starter;
		this.correlator = correlator;
		this.runs = runs;
		this.settings = settings;
		this.clock = clock;
	}

	/**
	 * Wakes a thread when the current transaction commits, or at once without a
	 * transaction.
	 */
	public void wakeAfterCommit() {
		if (!TransactionSynchronizationManager.isSynchronizationActive()) {
			this.work.release();
			return;
		}
		TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
			@Override
			public void afterCommit() {
				RunStarter.this.work.release();
			}
		});
	}

	@Override
	public void run() {
		while (this.running) {
			try {
				if (this.work.tryAcquire(this.settings.poll().toMillis(), TimeUnit.MILLISECONDS)) {
					this.work.drainPermits();
				}
				startAndDeliverDue();
				sweep();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return;
			}
			// An error of one run must not end the thread, which starts all others
			catch (RuntimeException | Error ex) {
				log.warn("Runs could not be started in the engine; trying again", ex);
			}
		}
	}

	/** Starts all due runs and delivers all due messages. */
	void startAndDeliverDue() {
		int handled = 1;
		while (handled > 0 && !Thread.currentThread().isInterrupted()) {
			int started = this.starter.getObject().startDue();
			if (started == this.settings.startsPerTransaction()) {
				this.work.release();
			}
			handled = started + this.correlator.getObject().correlateNext();
		}
	}

	/** Deletes start limits that expired a day ago, at most once an hour. */
	private void sweep() {
		Instant now = this.clock.instant();
		Instant due = this.nextSweep.get();
		if (now.isAfter(due) && this.nextSweep.compareAndSet(due, now.plus(Duration.ofHours(1)))) {
			this.runs.getObject().deleteExpiredStartLimits(now, Duration.ofDays(1));
		}
	}

	@Override
	public void start() {
		this.running = true;
		this.threads = IntStream.range(0, this.settings.startThreads())
			.mapToObj((number) -> Thread.ofPlatform()
				.name("journey-start-" + number)
				.start(() -> TenantScope.runAll(this)))
			.toList();
	}

	@Override
	public void stop() {
		this.running = false;
		this.work.release(this.threads.size());
		this.threads.forEach(RunStarter::join);
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

	private static void join(Thread thread) {
		try {
			thread.join(TimeUnit.SECONDS.toMillis(20));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
