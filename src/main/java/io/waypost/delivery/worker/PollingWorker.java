package io.waypost.delivery.worker;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import io.waypost.database.TenantScope;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;

/**
 * Polls for work of all tenants on a thread of its own while the application runs. A
 * failure is logged, and the next poll follows after the interval. A stop lets the
 * current poll finish, because an interrupt during a statement costs a connection.
 */
public abstract class PollingWorker implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(PollingWorker.class);

	private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);

	private final String name;

	private final Duration interval;

	private volatile @Nullable Semaphore stopped;

	private @Nullable Thread thread;

	/**
	 * Creates a worker that {@link #start()} starts.
	 * @param name name of the thread
	 * @param interval pause between two polls when no work is waiting
	 */
	protected PollingWorker(String name, Duration interval) {
		this.name = name;
		this.interval = interval;
	}

	/**
	 * Does one portion of the work.
	 * @return whether more work is waiting
	 */
	protected abstract boolean poll();

	/** Starts the thread; a second start changes nothing. */
	@Override
	public synchronized void start() {
		if (this.stopped == null) {
			Semaphore stop = new Semaphore(0);
			this.stopped = stop;
			this.thread = Thread.ofPlatform().name(this.name).daemon().start(() -> TenantScope.runAll(() -> run(stop)));
		}
	}

	/** Stops after the current poll, waiting at most 20 s. */
	@Override
	public synchronized void stop() {
		Semaphore stop = this.stopped;
		this.stopped = null;
		if (stop == null || this.thread == null) {
			return;
		}
		stop.release();
		try {
			this.thread.join(STOP_TIMEOUT.toMillis());
		}
		catch (InterruptedException interrupted) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public boolean isRunning() {
		return this.stopped != null;
	}

	private void run(Semaphore stop) {
		try {
			while (!stop.tryAcquire(this.interval.toMillis(), TimeUnit.MILLISECONDS)) {
				pollAll();
			}
		}
		catch (InterruptedException interrupted) {
			Thread.currentThread().interrupt();
		}
	}

	private void pollAll() {
		try {
			while (isRunning() && poll()) {
				logger.debug("{} has more work", this.name);
			}
		}
		// Also an Error: the thread works for all tenants
		catch (RuntimeException | Error fault) {
			logger.warn("{} failed and polls again after its interval: {}", this.name, fault.toString());
		}
	}

}
