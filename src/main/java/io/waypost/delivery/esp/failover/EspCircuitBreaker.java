package io.waypost.delivery.esp.failover;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;

/**
 * Circuit breaker of one provider. Opens after a number of consecutive faults. After a
 * pause it is half open: one trial message at a time, until an answer closes it. Adds two
 * things to the library: a pause that the provider asks for, and a replacement for a
 * trial whose outcome is never recorded.
 */
class EspCircuitBreaker {

	private final CircuitBreaker breaker;

	private final Duration pause;

	private final Clock clock;

	private Instant trialAt = Instant.MIN;

	EspCircuitBreaker(String esp, int failures, Duration pause, Clock clock) {
		this.breaker = CircuitBreaker.of(esp,
				CircuitBreakerConfig.custom()
					.slidingWindow(failures, failures, SlidingWindowType.COUNT_BASED)
					.failureRateThreshold(100)
					.permittedNumberOfCallsInHalfOpenState(1)
					.waitDurationInOpenState(pause)
					.clock(clock)
					.build());
		this.pause = pause;
		this.clock = clock;
	}

	/**
	 * Asks for permission to submit a message.
	 * @return whether it may be submitted; while half open, one message per pause
	 */
	synchronized boolean tryAcquirePermission() {
		Instant now = this.clock.instant();
		if (this.breaker.getState() == State.HALF_OPEN && !now.isBefore(this.trialAt.plus(this.pause))) {
			this.breaker.releasePermission();
		}
		boolean permitted = this.breaker.tryAcquirePermission();
		if (permitted) {
			this.trialAt = now;
		}
		return permitted;
	}

	/** Returns whether no message may be submitted now. Takes no permission. */
	synchronized boolean isOpen() {
		Instant lastTrial = this.trialAt;
		boolean permitted = tryAcquirePermission();
		if (permitted) {
			this.breaker.releasePermission();
			this.trialAt = lastTrial;
		}
		return !permitted;
	}

	/** Records an answer of the provider, also one that refuses the message. */
	synchronized void onSuccess() {
		this.breaker.onSuccess(0, TimeUnit.NANOSECONDS);
	}

	/**
	 * Records a fault of the provider.
	 * @param retryAfter pause that the provider asks for, zero for none
	 */
	synchronized void onError(Duration retryAfter) {
		this.breaker.onError(0, TimeUnit.NANOSECONDS, new IllegalStateException("esp fault"));
		if (this.breaker.getState() == State.OPEN) {
			this.breaker.transitionToOpenStateFor((retryAfter.compareTo(this.pause) > 0) ? retryAfter : this.pause);
		}
	}

}
