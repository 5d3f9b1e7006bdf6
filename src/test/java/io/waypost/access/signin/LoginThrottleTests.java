package io.waypost.access.signin;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

import io.waypost.testing.MutableClock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LoginThrottleTests {

	private static final String OFFICE = "192.0.2.1";

	private final MutableClock clock = MutableClock.at("2026-11-21T12:00:00Z");

	private final LoginThrottle throttle = new LoginThrottle(new KnownInMemory(), this.clock);

	@Test
	void refusesAfterTenFailures() {
		fail("anna", OFFICE, 9);
		assertThat(this.throttle.allows("anna", OFFICE)).isTrue();
		fail("anna", OFFICE, 1);
		assertThat(this.throttle.allows("anna", OFFICE)).isFalse();
	}

	@Test
	void doesNotAffectOtherNamesAndAddresses() {
		fail("anna", OFFICE, 10);
		assertThat(this.throttle.allows("ben", OFFICE)).as("other name").isTrue();
		assertThat(this.throttle.allows("anna", "192.0.2.2")).as("other address").isTrue();
	}

	@Test
	void allowsOneAttemptEveryThirtySeconds() {
		fail("anna", OFFICE, 10);
		this.clock.advance(Duration.ofSeconds(29));
		assertThat(this.throttle.allows("anna", OFFICE)).isFalse();
		this.clock.advance(Duration.ofSeconds(1));
		assertThat(this.throttle.allows("anna", OFFICE)).isTrue();
		fail("anna", OFFICE, 1);
		assertThat(this.throttle.allows("anna", OFFICE)).isFalse();
	}

	/** Otherwise each wave of parallel requests would be one attempt. */
	@Test
	void countsAttemptsThatWereCheckedAtTheSameTime() {
		fail("anna", OFFICE, 30);
		this.clock.advance(Duration.ofMinutes(10));
		assertThat(this.throttle.allows("anna", OFFICE)).isFalse();
		this.clock.advance(Duration.ofSeconds(30));
		assertThat(this.throttle.allows("anna", OFFICE)).isTrue();
	}

	@Test
	void slowsGuessingOfOneNameFromManyAddresses() {
		IntStream.range(0, 30).forEach((index) -> fail("anna", "198.51.100." + index, 1));
		assertThat(this.throttle.allows("anna", "203.0.113.1")).isFalse();
		assertThat(this.throttle.allows("ben", "203.0.113.1")).as("other name").isTrue();
		this.clock.advance(Duration.ofMinutes(1));
		assertThat(this.throttle.allows("anna", "203.0.113.1")).isTrue();
		fail("anna", "203.0.113.1", 1);
		assertThat(this.throttle.allows("anna", "203.0.113.2")).isFalse();
	}

	@Test
	void slowsSprayingOfPasswordsFromOneAddress() {
		IntStream.range(0, 50).forEach((index) -> fail("user-" + index, OFFICE, 1));
		assertThat(this.throttle.allows("user-7", OFFICE)).as("second password for a name").isFalse();
		this.clock.advance(Duration.ofSeconds(10));
		assertThat(this.throttle.allows("user-7", OFFICE)).isTrue();
		fail("user-7", OFFICE, 1);
		assertThat(this.throttle.allows("user-8", OFFICE)).isFalse();
	}

	@Test
	void doesNotLockOutColleaguesOfAnAttackerInTheOffice() {
		this.throttle.succeeded("anna", OFFICE);
		IntStream.range(0, 200).forEach((index) -> fail("user-" + index, OFFICE, 1));
		fail("anna", OFFICE, 1);
		assertThat(this.throttle.allows("anna", OFFICE)).as("after a wrong password, signed in here before").isTrue();
		assertThat(this.throttle.allows("ben", OFFICE)).as("first sign-in from here").isTrue();
	}

	@Test
	void doesNotLockOutAUserAtTheUsualPlace() {
		this.throttle.succeeded("anna", OFFICE);
		IntStream.range(0, 100).forEach((index) -> fail("anna", "198.51.100." + index, 5));
		assertThat(this.throttle.allows("anna", "203.0.113.1")).as("unknown place").isFalse();
		assertThat(this.throttle.allows("anna", OFFICE)).as("usual place").isTrue();
		this.clock.advance(Duration.ofDays(30));
		IntStream.range(0, 30).forEach((index) -> fail("anna", "198.51.100." + index, 1));
		assertThat(this.throttle.allows("anna", OFFICE)).as("usual place, after 30 days").isFalse();
	}

	@Test
	void limitsAKnownPlaceByItsOwnFailures() {
		this.throttle.succeeded("anna", OFFICE);
		fail("anna", OFFICE, 10);
		assertThat(this.throttle.allows("anna", OFFICE)).isFalse();
	}

	@Test
	void slowsGuessingOfManyNamesFromManyAddresses() {
		this.throttle.succeeded("anna", OFFICE);
		IntStream.range(0, 1_000)
			.forEach((index) -> fail("user-" + index, "10.%d.0.%d".formatted(index / 250, index), 1));
		assertThat(this.throttle.allows("new", "203.0.113.1")).isFalse();
		assertThat(this.throttle.allows("anna", OFFICE)).isTrue();
		this.clock.advance(Duration.ofSeconds(1));
		assertThat(this.throttle.allows("new", "203.0.113.1")).isTrue();
	}

	@Test
	void countsTheAddressesOfOneIpv6NetworkTogether() {
		fail("anna", "2001:db8:1:2::1", 10);
		assertThat(this.throttle.allows("anna", "2001:db8:1:2:ffff::9")).isFalse();
		assertThat(this.throttle.allows("anna", "2001:db8:1:3::1")).isTrue();
	}

	private void fail(String name, String address, int times) {
		IntStream.range(0, times).forEach((index) -> this.throttle.failed(name, address));
	}

	private final class KnownInMemory implements KnownSignIns {

		private final Map<String, Instant> signIns = new HashMap<>();

		@Override
		public boolean contains(String name, String network) {
			Instant at = this.signIns.getOrDefault(name + ' ' + network, Instant.EPOCH);
			return at.isAfter(LoginThrottleTests.this.clock.instant().minus(Duration.ofDays(30)));
		}

		@Override
		public void add(String name, String network) {
			this.signIns.put(name + ' ' + network, LoginThrottleTests.this.clock.instant());
		}

	}

}
