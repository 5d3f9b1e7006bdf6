package io.waypost.delivery.worker;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;

/**
 * Does something again and again on a thread of its own, from the start of the product to
 * its stop. A fault is logged and the next beat tries anew; a stop lets the beat under
 * way end, because an interrupt in the middle of a statement costs a connection.
 */
public abstract class PollingWorker implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(PollingWorker.class);

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final String name;

	private final Duration interval;

	private volatile @Nullable Semaphore stopped;

	private @Nullable Thread thread;

	/**
	 * Prepares the beat; {@link #start()} begins it.
	 * @param name of the thread
	 * @param interval pause between two beats, unless there is more to do at once
	 */
	protected PollingWorker(String name, Duration interval) {
		this.name = name;
		this.interval = interval;
	}

	/**
	 * Does a part of the work.
	 * @return whether more of it waits
	 */
	protected abstract boolean poll();

	/** Begins; a second start changes nothing. */
	@Override
	public synchronized void start() {
		if (this.stopped == null) {
			Semaphore stop = new Semaphore(0);
			this.stopped = stop;
			this.thread = Thread.ofPlatform().name(this.name).daemon().start(() -> run(stop));
		}
	}

	/** Ends after the beat under way. */
	@Override
	public synchronized void stop() {
		Semaphore stop = this.stopped;
		this.stopped = null;
		if (stop == null || this.thread == null) {
			return;
		}
		stop.release();
		try {
			this.thread.join(PATIENCE.toMillis());
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
				attempt();
			}
		}
		catch (InterruptedException interrupted) {
			Thread.currentThread().interrupt();
		}
	}

	private void attempt() {
		try {
			while (isRunning() && poll()) {
				logger.debug("{} has more to do", this.name);
			}
		}
		catch (RuntimeException fault) {
			logger.warn("{} waits for its next round: {}", this.name, fault.toString());
		}
	}

}
