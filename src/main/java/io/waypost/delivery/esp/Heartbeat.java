package io.waypost.delivery.esp;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does something again and again on a thread of its own. A fault is logged and the next
 * beat tries anew; a stop lets the beat under way end, because an interrupt in the middle
 * of a statement costs a connection.
 */
public final class Heartbeat {

	private static final Logger logger = LoggerFactory.getLogger(Heartbeat.class);

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final String name;

	private final Duration interval;

	private final Runnable task;

	private volatile @Nullable Semaphore stopped;

	private @Nullable Thread thread;

	/**
	 * Prepares the beat; {@link #start()} begins it.
	 * @param name of the thread
	 * @param interval pause between two beats
	 * @param task what to do
	 */
	public Heartbeat(String name, Duration interval, Runnable task) {
		this.name = name;
		this.interval = interval;
		this.task = task;
	}

	/** Begins; a second start changes nothing. */
	public synchronized void start() {
		if (this.stopped == null) {
			Semaphore stop = new Semaphore(0);
			this.stopped = stop;
			this.thread = Thread.ofPlatform().name(this.name).daemon().start(() -> beat(stop));
		}
	}

	/** Ends after the beat under way. */
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

	/**
	 * Tells whether it beats.
	 * @return true between start and stop
	 */
	public boolean isRunning() {
		return this.stopped != null;
	}

	private void beat(Semaphore stop) {
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
			this.task.run();
		}
		catch (RuntimeException fault) {
			logger.warn("{} waits for its next round: {}", this.name, fault.toString());
		}
	}

}
