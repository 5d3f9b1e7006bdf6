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
 * Moves sends from the queue to their providers. One thread claims, a few prepare, a
 * virtual thread waits for each provider call, be it for one message or for many, one
 * thread saves outcomes; semaphores bound how many claims wait to be prepared, how many
 * sends are between claim and saved outcome, and how many calls wait.
 */
class Dispatcher implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(Dispatcher.class);

	private static final Duration PAUSE_AFTER_FAULT = Duration.ofSeconds(1);

	private static final int SAVE_TRIES = 20;

	/** So many for one provider go in one request, where it takes them. */
	private static final int BULK = 50;

	private static final int SAVED_AT_ONCE = 1_000;

	static final int PREPARER_THREADS = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

	private final SendClaimer claims;

	private final EspSubmitter submission;

	private final SendOutcomeRepository outcomes;

	private final EspRegistry roster;

	private final DispatchSignal signal;

	private final DeliverySettings settings;

	private final Semaphore inFlight;

	private final Semaphore calls;

	private final Timer accepted;

	private volatile @Nullable Crew crew;

	Dispatcher(SendClaimer claims, EspSubmitter submission, SendOutcomeRepository outcomes, EspRegistry roster,
			DispatchSignal signal, DeliverySettings settings, MeterRegistry metrics) {
		this.claims = claims;
		this.submission = submission;
		this.outcomes = outcomes;
		this.roster = roster;
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
		if (this.crew == null) {
			Crew hired = new Crew(this::save);
			this.crew = hired;
			hired.claimer = Thread.ofPlatform().name("dispatcher").daemon().start(() -> run(hired));
		}
	}

	@Override
	public boolean isRunning() {
		return this.crew != null;
	}

	/** Claims no more, waits for the calls under way, saves their outcomes. */
	@Override
	public synchronized void stop() {
		Crew leaving = this.crew;
		this.crew = null;
		if (leaving == null) {
			return;
		}
		this.signal.raise();
		try {
			Thread claimer = leaving.claimer;
			if (claimer != null) {
				claimer.join(this.settings.shutdownTimeout().toMillis());
			}
			boolean drained = this.inFlight.tryAcquire(this.settings.maxInFlight(),
					this.settings.shutdownTimeout().toMillis(), TimeUnit.MILLISECONDS);
			if (drained) {
				this.inFlight.release(this.settings.maxInFlight());
			}
			else {
				logger.info("Provider calls are still under way at the stop: the reconciler will settle them");
			}
		}
		catch (InterruptedException stop) {
			Thread.currentThread().interrupt();
		}
		leaving.dismiss();
	}

	private void run(Crew hired) {
		try {
			while (this.crew == hired) {
				if (!cycle(hired)) {
					this.signal.await(this.settings.pollInterval());
				}
			}
		}
		catch (InterruptedException stop) {
			Thread.currentThread().interrupt();
		}
	}

	/** Returns whether there may be more to do at once. */
	private boolean cycle(Crew hired) throws InterruptedException {
		if (!this.roster.isAnyAvailable()) {
			return false;
		}
		if (!hired.unprepared.tryAcquire(50, TimeUnit.MILLISECONDS)) {
			return true;
		}
		if (!this.inFlight.tryAcquire(50, TimeUnit.MILLISECONDS)) {
			hired.unprepared.release();
			return true;
		}
		int permits = 1;
		while (permits < this.settings.batchSize() && this.inFlight.tryAcquire()) {
			permits++;
		}
		List<ClaimedSend> claimed = List.of();
		try {
			SendClaimer.ClaimResult caught = this.claims.claim(permits);
			claimed = caught.toSubmit();
			return !claimed.isEmpty() || caught.due() == permits;
		}
		catch (RuntimeException fault) {
			logger.warn("Nothing could be claimed, next try in {}: {}", PAUSE_AFTER_FAULT, fault.toString());
			TimeUnit.MILLISECONDS.sleep(PAUSE_AFTER_FAULT.toMillis());
			return false;
		}
		finally {
			this.inFlight.release(permits - claimed.size());
			dispatch(hired, claimed);
		}
	}

	private void dispatch(Crew hired, List<ClaimedSend> claimed) {
		if (claimed.isEmpty()) {
			hired.unprepared.release();
			return;
		}
		hired.preparers.execute(() -> {
			try {
				prepare(hired, claimed);
			}
			finally {
				hired.unprepared.release();
			}
		});
	}

	private void prepare(Crew hired, List<ClaimedSend> claimed) {
		Map<String, List<EspSubmitter.PreparedMessage>> byEsp = this.submission.prepare(claimed, hired.saver::add)
			.stream()
			.collect(Collectors.groupingBy((message) -> message.claimed().esp()));
		byEsp.forEach((esp, ready) -> {
			if (ready.size() >= BULK && this.roster.require(esp) instanceof BulkEsp bulk) {
				hired.callers.execute(() -> this.submission.submitAll(ready, bulk).forEach(hired.saver::add));
			}
			else {
				ready.forEach((message) -> hired.callers.execute(() -> call(hired, message)));
			}
		});
	}

	/** Providers are not asked for more at once than they can be expected to answer. */
	private void call(Crew hired, EspSubmitter.PreparedMessage message) {
		this.calls.acquireUninterruptibly();
		try {
			hired.saver.add(this.submission.submit(message));
		}
		finally {
			this.calls.release();
		}
	}

	/**
	 * Outcomes are worth patience: what cannot be saved within the lease is unknown, and
	 * somebody has to reconcile it.
	 */
	private void save(List<SendOutcome> batch) {
		try {
			for (int tries = 1; !saved(batch); tries++) {
				if (tries == SAVE_TRIES) {
					logger.error("{} outcomes were lost; their sends become unknown when the lease ends", batch.size());
					break;
				}
				TimeUnit.MILLISECONDS.sleep(Math.min(100L << Math.min(tries, 5), 2000));
			}
		}
		catch (InterruptedException stop) {
			Thread.currentThread().interrupt();
		}
		finally {
			this.inFlight.release(batch.size());
		}
	}

	private boolean saved(List<SendOutcome> batch) {
		try {
			this.outcomes.save(batch);
			batch.forEach(this::measure);
			if (batch.stream().anyMatch((outcome) -> outcome.result() instanceof SubmitOutcome.Refused)) {
				// A failover waits for nobody
				this.signal.raise();
			}
			return true;
		}
		catch (RuntimeException fault) {
			logger.warn("{} outcomes could not be saved yet: {}", batch.size(), fault.toString());
			return false;
		}
	}

	private void measure(SendOutcome outcome) {
		if (outcome.result() instanceof SubmitOutcome.Accepted) {
			this.accepted.record(Duration.between(outcome.claimed().queuedAt(), outcome.at()));
		}
	}

	/** The threads of one start. */
	private static final class Crew {

		private final ExecutorService preparers = Executors.newFixedThreadPool(PREPARER_THREADS,
				Thread.ofPlatform().name("send-preparer-", 0).daemon().factory());

		/**
		 * What is claimed leaves, also when its campaign is paused meanwhile: so nothing
		 * is claimed before somebody can prepare it.
		 */
		private final Semaphore unprepared = new Semaphore(PREPARER_THREADS);

		private final ExecutorService callers = Executors
			.newThreadPerTaskExecutor(Thread.ofVirtual().name("esp-call-", 0).factory());

		private final GroupCommit<SendOutcome> saver;

		private volatile @Nullable Thread claimer;

		Crew(Consumer<List<SendOutcome>> save) {
			this.saver = new GroupCommit<>("send-outcomes", SAVED_AT_ONCE, save);
		}

		void dismiss() {
			this.preparers.shutdownNow();
			this.callers.shutdownNow();
			this.saver.close();
		}

	}

}
