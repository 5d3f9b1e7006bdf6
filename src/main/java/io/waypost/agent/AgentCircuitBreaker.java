package io.waypost.agent;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Leaves an optional agent alone for a while after it failed several times in a row, so
 * that a broken step costs nothing and floods no log.
 */
final class AgentCircuitBreaker {

	private final int failuresAllowed;

	private final Duration rest;

	private final Clock clock;

	private int failures;

	private Instant restsUntil = Instant.MIN;

	AgentCircuitBreaker(int failuresAllowed, Duration rest, Clock clock) {
		this.failuresAllowed = failuresAllowed;
		this.rest = rest;
		this.clock = clock;
	}

	synchronized boolean isOpen() {
		return this.clock.instant().isBefore(this.restsUntil);
	}

	synchronized void succeeded() {
		this.failures = 0;
	}

	synchronized void failed() {
		this.failures++;
		if (this.failures >= this.failuresAllowed) {
			this.failures = 0;
			this.restsUntil = this.clock.instant().plus(this.rest);
		}
	}

}
