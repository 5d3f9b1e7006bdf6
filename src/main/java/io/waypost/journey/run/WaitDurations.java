package io.waypost.journey.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * How long journeys wait. With waypost.fast-time every wait takes two seconds; review
 * deadlines do not change.
 *
 * @param fast whether waypost.fast-time is set
 * @param followUpDelay how long a journey waits before its second message
 * @param clock current time
 */
public record WaitDurations(boolean fast, Duration followUpDelay, Clock clock) {

	private static final Duration FAST = Duration.ofSeconds(2);

	/** Returns the wait of a journey, ISO 8601. */
	String delay(String requested) {
		return (this.fast && !Duration.parse(requested).isZero()) ? FAST.toString() : requested;
	}

	String followUp() {
		return delay(this.followUpDelay.toString());
	}

	/** Returns when a deferred message continues. */
	public Instant until(Instant requested) {
		Instant soon = this.clock.instant().plus(FAST);
		return (this.fast && soon.isBefore(requested)) ? soon : requested;
	}

}
