package io.waypost.agent.llm.gateway;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;

/**
 * Whether a model may be asked now: its circuit breaker, and the pause that the provider
 * asked for. Each permission must be followed by a success, a failure or a release.
 */
class ModelAvailability {

	private final CircuitBreaker breaker;

	private final Clock clock;

	private volatile Instant pausedUntil = Instant.MIN;

	ModelAvailability(String name, LlmSettings settings, Clock clock) {
		int failures = settings.circuitBreakerFailures();
		this.breaker = CircuitBreaker.of(name,
				CircuitBreakerConfig.custom()
					.clock(clock)
					.currentTimestampFunction((now) -> now.instant().toEpochMilli(), TimeUnit.MILLISECONDS)
					.slidingWindow(failures, failures, SlidingWindowType.COUNT_BASED)
					.failureRateThreshold(100)
					.waitDurationInOpenState(settings.circuitBreakerWait())
					.permittedNumberOfCallsInHalfOpenState(1)
					.build());
		this.clock = clock;
	}

	boolean tryAcquire() {
		return !this.clock.instant().isBefore(this.pausedUntil) && this.breaker.tryAcquirePermission();
	}

	void release() {
		this.breaker.releasePermission();
	}

	void onSuccess() {
		this.breaker.onSuccess(0, TimeUnit.MILLISECONDS);
	}

	void onFailure() {
		this.breaker.onError(0, TimeUnit.MILLISECONDS, new IllegalStateException("model call failed"));
	}

	void pause(Duration pause) {
		this.pausedUntil = this.clock.instant().plus(pause);
	}

}
