package io.waypost.delivery;

import java.time.Duration;

import io.waypost.testing.MutableClock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CircuitTests {

	private final MutableClock clock = MutableClock.at("2026-11-01T10:00:00Z");

	private final Circuit circuit = new Circuit(3, Duration.ofSeconds(60), this.clock);

	@Test
	void opensAfterThreeFaultsInARow() {
		fail(2);
		assertThat(this.circuit.admit()).isTrue();
		fail(1);
		assertThat(this.circuit.isOpen()).isTrue();
		assertThat(this.circuit.admit()).isFalse();
	}

	@Test
	void countsOnlyFaultsInARow() {
		fail(2);
		this.circuit.answered();
		fail(2);
		assertThat(this.circuit.isOpen()).isFalse();
	}

	@Test
	void letsOneTryAfterThePauseAndClosesOnSuccess() {
		fail(3);
		this.clock.advance(Duration.ofSeconds(60));
		assertThat(this.circuit.isOpen()).isFalse();
		assertThat(this.circuit.admit()).isTrue();
		assertThat(this.circuit.admit()).as("a second one has to wait for the first").isFalse();
		this.circuit.answered();
		assertThat(this.circuit.admit()).isTrue();
	}

	@Test
	void opensAgainWhenTheTrialFails() {
		fail(3);
		this.clock.advance(Duration.ofSeconds(60));
		assertThat(this.circuit.admit()).isTrue();
		fail(1);
		assertThat(this.circuit.admit()).isFalse();
	}

	@Test
	void survivesATrialWhoseOutcomeIsNeverTold() {
		fail(3);
		this.clock.advance(Duration.ofSeconds(60));
		assertThat(this.circuit.admit()).isTrue();
		this.clock.advance(Duration.ofSeconds(60));
		assertThat(this.circuit.admit()).isTrue();
	}

	@Test
	void waitsAsLongAsTheProviderAsks() {
		this.circuit.failed(Duration.ZERO);
		this.circuit.failed(Duration.ZERO);
		this.circuit.failed(Duration.ofMinutes(5));
		this.clock.advance(Duration.ofMinutes(4));
		assertThat(this.circuit.isOpen()).isTrue();
	}

	private void fail(int times) {
		for (int i = 0; i < times; i++) {
			this.circuit.failed(Duration.ZERO);
		}
	}

}
