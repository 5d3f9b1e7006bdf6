package io.waypost.delivery.esp.failover;

import java.time.Duration;

import io.waypost.testing.MutableClock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class EspCircuitBreakerTests {

	/** The library permits a trial only after the pause, not at its last instant. */
	private static final Duration AFTER_PAUSE = Duration.ofSeconds(60).plusMillis(1);

	private final MutableClock clock = MutableClock.at("2026-11-01T10:00:00Z");

	private final EspCircuitBreaker breaker = new EspCircuitBreaker("esp", 3, Duration.ofSeconds(60), this.clock);

	@Test
	void opensAfterThreeFaultsInARow() {
		fail(2);
		assertThat(this.breaker.tryAcquirePermission()).isTrue();
		fail(1);
		assertThat(this.breaker.isOpen()).isTrue();
		assertThat(this.breaker.tryAcquirePermission()).isFalse();
	}

	@Test
	void countsOnlyFaultsInARow() {
		fail(2);
		this.breaker.onSuccess();
		fail(2);
		assertThat(this.breaker.isOpen()).isFalse();
	}

	@Test
	void permitsOneTrialAfterThePauseAndClosesOnSuccess() {
		fail(3);
		this.clock.advance(AFTER_PAUSE);
		assertThat(this.breaker.isOpen()).isFalse();
		assertThat(this.breaker.tryAcquirePermission()).isTrue();
		assertThat(this.breaker.tryAcquirePermission()).as("a second trial waits for the first").isFalse();
		this.breaker.onSuccess();
		assertThat(this.breaker.tryAcquirePermission()).isTrue();
	}

	@Test
	void opensAgainWhenTheTrialFails() {
		fail(3);
		this.clock.advance(AFTER_PAUSE);
		assertThat(this.breaker.tryAcquirePermission()).isTrue();
		fail(1);
		assertThat(this.breaker.tryAcquirePermission()).isFalse();
	}

	@Test
	void permitsAnotherTrialWhenTheOutcomeOfOneIsNeverRecorded() {
		fail(3);
		this.clock.advance(AFTER_PAUSE);
		assertThat(this.breaker.tryAcquirePermission()).isTrue();
		this.clock.advance(AFTER_PAUSE);
		assertThat(this.breaker.tryAcquirePermission()).isTrue();
	}

	@Test
	void waitsForTheRetryAfterOfTheProvider() {
		this.breaker.onError(Duration.ZERO);
		this.breaker.onError(Duration.ZERO);
		this.breaker.onError(Duration.ofMinutes(5));
		this.clock.advance(Duration.ofMinutes(4));
		assertThat(this.breaker.isOpen()).isTrue();
	}

	private void fail(int times) {
		for (int i = 0; i < times; i++) {
			this.breaker.onError(Duration.ZERO);
		}
	}

}
