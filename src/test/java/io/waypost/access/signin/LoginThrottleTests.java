package io.waypost.access.signin;

import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LoginThrottleTests {

	private final LoginThrottle throttle = new LoginThrottle();

	@Test
	void stopsGuessingAfterTenFailures() {
		fail(9);
		assertThat(this.throttle.allows("anna", "192.0.2.1")).isTrue();
		fail(1);
		assertThat(this.throttle.allows("anna", "192.0.2.1")).isFalse();
	}

	@Test
	void leavesOthersAlone() {
		fail(10);
		assertThat(this.throttle.allows("ben", "192.0.2.1")).as("other name").isTrue();
		assertThat(this.throttle.allows("anna", "192.0.2.2")).as("other address").isTrue();
	}

	private void fail(int times) {
		IntStream.range(0, times).forEach((index) -> this.throttle.failed("anna", "192.0.2.1"));
	}

}
