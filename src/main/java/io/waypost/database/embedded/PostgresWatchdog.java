package io.waypost.database.embedded;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Restarts the server when it has ended unexpectedly: after a crash, or killed by the
 * operating system for lack of memory. PostgreSQL recovers its data. The connection pool,
 * the engine and the dispatcher reconnect to the same address.
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
					restartServer();
				}
			}
		}
		catch (InterruptedException stop) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * After a kill, remaining child processes keep the shared memory for a moment; the
	 * restart is then tried again.
	 */
	private void restartServer() {
		try {
			log.warn("PostgreSQL has ended unexpectedly; restarting it");
			this.restart.run();
		}
		catch (RuntimeException failed) {
			log.warn("PostgreSQL could not be started; next attempt in {}: {}", INTERVAL, failed.getMessage());
		}
	}

	/**
	 * Waits for a restart that is in progress, so that a subsequent stop finds a running
	 * server.
	 */
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
