package io.waypost.delivery.esp.failover;

import java.time.Duration;

import io.waypost.testing.MutableClock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class EspCircuitBreakerTests {

	private final MutableClock clock = MutableClock.at("2026-11-01T10:00:00Z");

	private final EspCircuitBreaker circuit = new EspCircuitBreaker(3, Duration.ofSeconds(60), this.clock);

	@Test
	void opensAfterThreeFaultsInARow() {
		fail(2);
		assertThat(this.circuit.tryAcquirePermission()).isTrue();
		fail(1);
		assertThat(this.circuit.isOpen()).isTrue();
		assertThat(this.circuit.tryAcquirePermission()).isFalse();
	}

	@Test
	void countsOnlyFaultsInARow() {
		fail(2);
		this.circuit.onSuccess();
		fail(2);
		assertThat(this.circuit.isOpen()).isFalse();
	}

	@Test
	void letsOneTryAfterThePauseAndClosesOnSuccess() {
		fail(3);
		this.clock.advance(Duration.ofSeconds(60));
		assertThat(this.circuit.isOpen()).isFalse();
		assertThat(this.circuit.tryAcquirePermission()).isTrue();
		assertThat(this.circuit.tryAcquirePermission()).as("a second one has to wait for the first").isFalse();
		this.circuit.onSuccess();
		assertThat(this.circuit.tryAcquirePermission()).isTrue();
	}

	@Test
	void opensAgainWhenTheTrialFails() {
		fail(3);
		this.clock.advance(Duration.ofSeconds(60));
		assertThat(this.circuit.tryAcquirePermission()).isTrue();
		fail(1);
		assertThat(this.circuit.tryAcquirePermission()).isFalse();
	}

	@Test
	void survivesATrialWhoseOutcomeIsNeverTold() {
		fail(3);
		this.clock.advance(Duration.ofSeconds(60));
		assertThat(this.circuit.tryAcquirePermission()).isTrue();
		this.clock.advance(Duration.ofSeconds(60));
		assertThat(this.circuit.tryAcquirePermission()).isTrue();
	}

	@Test
	void waitsAsLongAsTheProviderAsks() {
		this.circuit.onError(Duration.ZERO);
		this.circuit.onError(Duration.ZERO);
		this.circuit.onError(Duration.ofMinutes(5));
		this.clock.advance(Duration.ofMinutes(4));
		assertThat(this.circuit.isOpen()).isTrue();
	}

	private void fail(int times) {
		for (int i = 0; i < times; i++) {
			this.circuit.onError(Duration.ZERO);
		}
	}

}
