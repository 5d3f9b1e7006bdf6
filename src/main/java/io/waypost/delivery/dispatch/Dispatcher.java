package io.waypost.delivery.dispatch;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.waypost.database.TenantScope;
import io.waypost.delivery.DeliverySettings;
import io.waypost.delivery.esp.BulkEsp;
import io.waypost.delivery.esp.SubmitOutcome;
import io.waypost.delivery.esp.failover.EspRegistry;
import io.waypost.delivery.outcome.SendOutcome;
import io.waypost.delivery.outcome.SendOutcomeRepository;
import io.waypost.delivery.queue.ClaimedSend;
import io.waypost.delivery.queue.DispatchSignal;
import io.waypost.delivery.queue.SendClaimer;
import io.waypost.delivery.worker.GroupCommit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;

/**
 * Moves sends from the queue to their providers. One thread claims, a few threads
 * prepare, a virtual thread waits for each provider call (of one or many messages), one
 * thread saves outcomes. Semaphores limit the number of claims that wait for preparation,
 * of sends between claim and saved outcome, and of concurrent calls.
 */
class Dispatcher implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(Dispatcher.class);

	private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

	private static final int SAVE_ATTEMPTS = 20;

	/** Minimum number of messages for one provider that are submitted in one request. */
	private static final int BULK_MINIMUM = 50;

	private static final int SAVE_BATCH = 1_000;

	static final int PREPARER_THREADS = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

	private final SendClaimer claimer;

	private final EspSubmitter submitter;

	private final SendOutcomeRepository outcomes;

	private final EspRegistry registry;

	private final DispatchSignal signal;

	private final DeliverySettings settings;

	private final Semaphore inFlight;

	private final Semaphore calls;

	private final Timer accepted;

	private volatile @Nullable Workers workers;

	Dispatcher(SendClaimer claimer, EspSubmitter submitter, SendOutcomeRepository outcomes, EspRegistry registry,
			DispatchSignal signal, DeliverySettings settings, MeterRegistry metrics) {
		this.claimer = claimer;
		this.submitter = submitter;
		this.outcomes = outcomes;
		this.registry = registry;
		this.signal = signal;
		this.settings = settings;
		this.inFlight = new Semaphore(settings.maxInFlight());
		this.calls = new Semaphore(settings.maxCalls());
		this.accepted = Timer.builder("waypost.delivery.send.accept")
			.tags("outcome", "accepted")
			.publishPercentiles(0.5, 0.95, 0.99)
			.register(metrics);
	}

	@Override
	public synchronized void start() {
		if (this.workers == null) {
			Workers workers = new Workers(this::save);
			this.workers = workers;
			workers.claimer = Thread.ofPlatform()
				.name("dispatcher")
				.daemon()
				.start(() -> TenantScope.runAll(() -> run(workers)));
		}
	}

	@Override
	public boolean isRunning() {
		return this.workers != null;
	}

	/** Stops claiming, waits for running calls and saves their outcomes. */
	@Override
	public synchronized void stop() {
		Workers workers = this.workers;
		this.workers = null;
		if (workers == null) {
			return;
		}
		this.signal.raise();
		try {
			Thread claimer = workers.claimer;
			if (claimer != null) {
				claimer.join(this.settings.shutdownTimeout().toMillis());
			}
			boolean drained = this.inFlight.tryAcquire(this.settings.maxInFlight(),
					this.settings.shutdownTimeout().toMillis(), TimeUnit.MILLISECONDS);
			if (drained) {
				this.inFlight.release(this.settings.maxInFlight());
			}
			else {
				logger.info("Provider calls are still running at the stop; the reconciler will resolve them");
			}
		}
		catch (InterruptedException interrupted) {
			Thread.currentThread().interrupt();
		}
		workers.shutDown();
	}

	private void run(Workers workers) {
		try {
			while (this.workers == workers) {
				if (!cycle(workers)) {
					this.signal.await(this.settings.pollInterval());
				}
			}
		}
		catch (InterruptedException interrupted) {
			Thread.currentThread().interrupt();
		}
	}

	/** Returns whether more sends may be due. */
	private boolean cycle(Workers workers) throws InterruptedException {
		if (!this.registry.isAnyAvailable()) {
			return false;
		}
		if (!workers.unprepared.tryAcquire(50, TimeUnit.MILLISECONDS)) {
			return true;
		}
		if (!this.inFlight.tryAcquire(50, TimeUnit.MILLISECONDS)) {
			workers.unprepared.release();
			return true;
		}
		int permits = 1;
		while (permits < this.settings.batchSize() && this.inFlight.tryAcquire()) {
			permits++;
		}
		List<ClaimedSend> claimed = List.of();
		try {
			SendClaimer.ClaimResult result = this.claimer.claim(permits);
			claimed = result.toSubmit();
			return !claimed.isEmpty() || result.due() == permits;
		}
		// Also an Error: the thread works for all tenants
		catch (RuntimeException | Error failure) {
			logger.warn("Sends could not be claimed; next attempt in {}: {}", PAUSE_AFTER_FAILURE, failure.toString());
			TimeUnit.MILLISECONDS.sleep(PAUSE_AFTER_FAILURE.toMillis());
			return false;
		}
		finally {
			this.inFlight.release(permits - claimed.size());
			dispatch(workers, claimed);
		}
	}

	private void dispatch(Workers workers, List<ClaimedSend> claimed) {
		if (claimed.isEmpty()) {
			workers.unprepared.release();
			return;
		}
		workers.preparers.execute(() -> {
			try {
				TenantScope.runAll(() -> prepare(workers, claimed));
			}
			finally {
				workers.unprepared.release();
			}
		});
	}

	private void prepare(Workers workers, List<ClaimedSend> claimed) {
		Map<String, List<EspSubmitter.PreparedMessage>> byEsp = this.submitter
			.prepare(claimed, workers.outcomeWriter::add)
			.stream()
			.collect(Collectors.groupingBy((message) -> message.claimed().esp()));
		byEsp.forEach((esp, ready) -> {
			if (ready.size() >= BULK_MINIMUM && this.registry.require(esp) instanceof BulkEsp bulk) {
				workers.callers.execute(() -> TenantScope
					.runAll(() -> this.submitter.submitAll(ready, bulk).forEach(workers.outcomeWriter::add)));
			}
			else {
				ready.forEach(
						(message) -> workers.callers.execute(() -> TenantScope.runAll(() -> call(workers, message))));
			}
		});
	}

	/** Submits one message within the limit of concurrent calls. */
	private void call(Workers workers, EspSubmitter.PreparedMessage message) {
		this.calls.acquireUninterruptibly();
		try {
			workers.outcomeWriter.add(this.submitter.submit(message));
		}
		finally {
			this.calls.release();
		}
	}

	/**
	 * Saves outcomes, with retries: outcomes that are not saved within the lease become
	 * unknown and must be reconciled.
	 */
	private void save(List<SendOutcome> batch) {
		try {
			for (int attempt = 1; !trySave(batch); attempt++) {
				if (attempt == SAVE_ATTEMPTS) {
					logger.error("{} outcomes could not be saved; their sends become unknown when the lease ends",
							batch.size());
					break;
				}
				TimeUnit.MILLISECONDS.sleep(Math.min(100L << Math.min(attempt, 5), 2000));
			}
		}
		catch (InterruptedException interrupted) {
			Thread.currentThread().interrupt();
		}
		finally {
			this.inFlight.release(batch.size());
		}
	}

	private boolean trySave(List<SendOutcome> batch) {
		try {
			this.outcomes.save(batch);
			batch.forEach(this::measure);
			if (batch.stream().anyMatch((outcome) -> outcome.result() instanceof SubmitOutcome.Refused)) {
				// A message that moves to another provider does not wait
				this.signal.raise();
			}
			return true;
		}
		catch (RuntimeException | Error failure) {
			logger.warn("{} outcomes could not be saved and are retried: {}", batch.size(), failure.toString());
			return false;
		}
	}

	private void measure(SendOutcome outcome) {
		if (outcome.result() instanceof SubmitOutcome.Accepted) {
			this.accepted.record(Duration.between(outcome.claimed().queuedAt(), outcome.at()));
		}
	}

	/** The threads of one start. */
	private static final class Workers {

		private final ExecutorService preparers = Executors.newFixedThreadPool(PREPARER_THREADS,
				Thread.ofPlatform().name("send-preparer-", 0).daemon().factory());

		/**
		 * Claimed sends are submitted even if their campaign is paused meanwhile. So
		 * sends are only claimed when a thread can prepare them.
		 */
		private final Semaphore unprepared = new Semaphore(PREPARER_THREADS);

		private final ExecutorService callers = Executors
			.newThreadPerTaskExecutor(Thread.ofVirtual().name("esp-call-", 0).factory());

		private final GroupCommit<SendOutcome> outcomeWriter;

		private volatile @Nullable Thread claimer;

		Workers(Consumer<List<SendOutcome>> save) {
			this.outcomeWriter = new GroupCommit<>("send-outcomes", SAVE_BATCH, save);
		}

		void shutDown() {
			this.preparers.shutdownNow();
			this.callers.shutdownNow();
			this.outcomeWriter.close();
		}

	}

}
