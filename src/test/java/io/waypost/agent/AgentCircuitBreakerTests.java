package io.waypost.agent;

import java.time.Duration;

import io.waypost.testing.MutableClock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AgentCircuitBreakerTests {

	private final MutableClock clock = MutableClock.at("2026-11-21T10:00:00Z");

	private final AgentCircuitBreaker breaker = new AgentCircuitBreaker(3, Duration.ofSeconds(30), this.clock);

	@Test
	void restsAfterSeveralFailuresInARow() {
		fail(3);
		assertThat(this.breaker.isOpen()).isTrue();
		this.clock.advance(Duration.ofSeconds(31));
		assertThat(this.breaker.isOpen()).isFalse();
	}

	@Test
	void forgetsFailuresAfterASuccess() {
		fail(2);
		this.breaker.succeeded();
		fail(2);
		assertThat(this.breaker.isOpen()).isFalse();
	}

	private void fail(int times) {
		for (int i = 0; i < times; i++) {
			this.breaker.failed();
		}
	}

}
