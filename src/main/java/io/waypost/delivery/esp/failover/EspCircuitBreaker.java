package io.waypost.delivery.esp.failover;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import org.jspecify.annotations.Nullable;

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

	/** Start of the trial whose outcome is not recorded yet, null without one. */
	private @Nullable Instant trialAt;

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
		releaseLostTrial();
		boolean permitted = this.breaker.tryAcquirePermission();
		if (permitted && this.breaker.getState() == State.HALF_OPEN) {
			this.trialAt = this.clock.instant();
		}
		return permitted;
	}

	/** Returns whether no message may be submitted now. Takes no permission. */
	synchronized boolean isOpen() {
		releaseLostTrial();
		boolean permitted = this.breaker.tryAcquirePermission();
		if (permitted) {
			this.breaker.releasePermission();
		}
		return !permitted;
	}

	private void releaseLostTrial() {
		if (this.trialAt != null && !this.clock.instant().isBefore(this.trialAt.plus(this.pause))) {
			this.trialAt = null;
			this.breaker.releasePermission();
		}
	}

	/** Records an answer of the provider, also one that refuses the message. */
	synchronized void onSuccess() {
		this.trialAt = null;
		this.breaker.onSuccess(0, TimeUnit.NANOSECONDS);
	}

	/**
	 * Records a fault of the provider.
	 * @param retryAfter pause that the provider asks for, zero for none
	 */
	synchronized void onError(Duration retryAfter) {
		this.trialAt = null;
		this.breaker.onError(0, TimeUnit.NANOSECONDS, new IllegalStateException("esp fault"));
		if (this.breaker.getState() == State.OPEN) {
			this.breaker.transitionToOpenStateFor((retryAfter.compareTo(this.pause) > 0) ? retryAfter : this.pause);
		}
	}

}
