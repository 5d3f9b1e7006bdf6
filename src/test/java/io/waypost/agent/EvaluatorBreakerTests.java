package io.waypost.agent;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneId;
import java.util.concurrent.TimeUnit;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.waypost.testing.MutableClock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** When the evaluator is skipped after failures, and when it is tried again. */
class EvaluatorBreakerTests {

	private final MutableClock clock = MutableClock.at("2026-11-21T10:00:00Z");

	private final CircuitBreaker breaker = Evaluator.breaker(new AgentSettings(ZoneId.of("UTC"), BigDecimal.valueOf(30),
			BigDecimal.valueOf(100), 4, 3, Duration.ofSeconds(30), Duration.ofHours(6)), this.clock);

	@Test
	void opensAfterSeveralFailuresInARow() {
		fail(3);
		assertThat(this.breaker.tryAcquirePermission()).isFalse();
		this.clock.advance(Duration.ofSeconds(29));
		assertThat(this.breaker.tryAcquirePermission()).isFalse();
		this.clock.advance(Duration.ofSeconds(2));
		assertThat(this.breaker.tryAcquirePermission()).isTrue();
	}

	@Test
	void forgetsFailuresAfterASuccess() {
		fail(2);
		succeed();
		fail(2);
		assertThat(this.breaker.tryAcquirePermission()).isTrue();
	}

	@Test
	void closesAfterASuccessfulTrialAndStaysOpenAfterAFailedOne() {
		fail(3);
		this.clock.advance(Duration.ofSeconds(31));
		fail(1);
		assertThat(this.breaker.tryAcquirePermission()).as("the trial failed").isFalse();
		this.clock.advance(Duration.ofSeconds(31));
		succeed();
		fail(2);
		assertThat(this.breaker.tryAcquirePermission()).as("two failures since it closed").isTrue();
	}

	@Test
	void admitsOneTrialAtATime() {
		fail(3);
		this.clock.advance(Duration.ofSeconds(31));
		assertThat(this.breaker.tryAcquirePermission()).isTrue();
		assertThat(this.breaker.tryAcquirePermission()).isFalse();
	}

	private void fail(int times) {
		for (int i = 0; i < times; i++) {
			assertThat(this.breaker.tryAcquirePermission()).isTrue();
			this.breaker.onError(1, TimeUnit.MILLISECONDS, new IllegalStateException("no score"));
		}
	}

	private void succeed() {
		assertThat(this.breaker.tryAcquirePermission()).isTrue();
		this.breaker.onSuccess(1, TimeUnit.MILLISECONDS);
	}

}
