package io.waypost.database.embedded;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the server again when it has ended without being asked to: killed by the system
 * for want of memory, or crashed. PostgreSQL recovers its own data; the pool, the engine
 * and the dispatcher find it back at the same address.
 */
final class PostgresWatchdog implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(PostgresWatchdog.class);

	private static final Duration INTERVAL = Duration.ofSeconds(1);

	private final BooleanSupplier alive;

	private final Runnable restart;

	private final CountDownLatch closed = new CountDownLatch(1);

	private final Thread thread;

	PostgresWatchdog(BooleanSupplier alive, Runnable restart) {
		this.alive = alive;
		this.restart = restart;
		this.thread = Thread.ofPlatform().name("postgres-watch").daemon().start(this::watch);
	}

	private void watch() {
		try {
			while (!this.closed.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
				if (!this.alive.getAsBoolean()) {
					startAgain();
				}
			}
		}
		catch (InterruptedException stop) {
			Thread.currentThread().interrupt();
		}
	}

	/** Processes that outlived the server hold its memory for a moment. */
	private void startAgain() {
		try {
			log.warn("PostgreSQL has ended unexpectedly; starting it again");
			this.restart.run();
		}
		catch (RuntimeException notYet) {
			log.warn("PostgreSQL could not be started, next try in {}: {}", INTERVAL, notYet.getMessage());
		}
	}

	/** Waits for a start under way, so that a stop afterwards finds a server. */
	@Override
	public void close() {
		this.closed.countDown();
		try {
			this.thread.join(Duration.ofMinutes(3));
		}
		catch (InterruptedException stop) {
			Thread.currentThread().interrupt();
		}
	}

}
