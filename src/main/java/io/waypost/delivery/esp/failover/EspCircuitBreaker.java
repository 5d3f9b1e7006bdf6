package io.waypost.delivery.esp.failover;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Keeps messages away from a provider that is down. After a number of faults in a row it
 * opens for a while; then one message a while may try, until an answer closes it again. A
 * trial whose outcome is never told costs one more while and no more.
 */
class EspCircuitBreaker {

	private final int limit;

	private final Duration pause;

	private final Clock clock;

	private int failures;

	private Instant openUntil = Instant.MIN;

	EspCircuitBreaker(int limit, Duration pause, Clock clock) {
		this.limit = limit;
		this.pause = pause;
		this.clock = clock;
	}

	/**
	 * Asks whether a message may go this way.
	 * @return whether it may; after the pause only for one message
	 */
	synchronized boolean tryAcquirePermission() {
		if (this.failures < this.limit) {
			return true;
		}
		if (isOpen()) {
			return false;
		}
		this.openUntil = this.clock.instant().plus(this.pause);
		return true;
	}

	synchronized boolean isOpen() {
		return this.failures >= this.limit && this.clock.instant().isBefore(this.openUntil);
	}

	/** The provider answered, whatever it said about the message. */
	synchronized void onSuccess() {
		this.failures = 0;
	}

	synchronized void onError(Duration asked) {
		this.failures++;
		if (this.failures >= this.limit) {
			Duration wait = (asked.compareTo(this.pause) > 0) ? asked : this.pause;
			this.openUntil = this.clock.instant().plus(wait);
		}
	}

}
