package io.waypost.access.signin;

import java.time.Duration;
import java.util.stream.IntStream;

import io.waypost.testing.MutableClock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LoginThrottleTests {

	private final MutableClock clock = MutableClock.at("2026-11-21T12:00:00Z");

	private final LoginThrottle throttle = new LoginThrottle(this.clock);

	@Test
	void refusesAfterTenFailures() {
		fail(9);
		assertThat(this.throttle.allows("anna", "192.0.2.1")).isTrue();
		fail(1);
		assertThat(this.throttle.allows("anna", "192.0.2.1")).isFalse();
	}

	@Test
	void doesNotAffectOtherNamesAndAddresses() {
		fail(10);
		assertThat(this.throttle.allows("ben", "192.0.2.1")).as("other name").isTrue();
		assertThat(this.throttle.allows("anna", "192.0.2.2")).as("other address").isTrue();
	}

	@Test
	void allowsOneAttemptEveryThirtySeconds() {
		fail(10);
		this.clock.advance(Duration.ofSeconds(29));
		assertThat(this.throttle.allows("anna", "192.0.2.1")).isFalse();
		this.clock.advance(Duration.ofSeconds(1));
		assertThat(this.throttle.allows("anna", "192.0.2.1")).isTrue();
		fail(1);
		assertThat(this.throttle.allows("anna", "192.0.2.1")).isFalse();
	}

	private void fail(int times) {
		IntStream.range(0, times).forEach((index) -> this.throttle.failed("anna", "192.0.2.1"));
	}

}
