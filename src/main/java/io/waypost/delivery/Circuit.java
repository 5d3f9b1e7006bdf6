package io.waypost.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Keeps messages away from a provider that is down. After a number of faults in a row it
 * opens for a while; then one message may try, and its outcome closes or opens it again.
 */
class Circuit {

	private final int limit;

	private final Duration pause;

	private final Clock clock;

	private int failures;

	private Instant closedFrom = Instant.MIN;

	private boolean trial;

	Circuit(int limit, Duration pause, Clock clock) {
		this.limit = limit;
		this.pause = pause;
		this.clock = clock;
	}

	/**
	 * Asks whether a message may go this way; in the half-open state only one may.
	 * @return whether it may
	 */
	synchronized boolean admit() {
		if (this.failures < this.limit) {
			return true;
		}
		if (this.trial || this.clock.instant().isBefore(this.closedFrom)) {
			return false;
		}
		this.trial = true;
		return true;
	}

	synchronized boolean isOpen() {
		return this.failures >= this.limit && (this.trial || this.clock.instant().isBefore(this.closedFrom));
	}

	synchronized void succeeded() {
		this.failures = 0;
		this.trial = false;
	}

	synchronized void failed(Duration longer) {
		this.failures++;
		this.trial = false;
		if (this.failures >= this.limit) {
			Duration wait = (longer.compareTo(this.pause) > 0) ? longer : this.pause;
			this.closedFrom = this.clock.instant().plus(wait);
		}
	}

	/** An outcome that says nothing about the provider frees the trial. */
	synchronized void unaffected() {
		this.trial = false;
	}

}
