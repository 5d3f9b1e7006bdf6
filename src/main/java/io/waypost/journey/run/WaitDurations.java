package io.waypost.journey.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * How long journeys wait. In fast time every wait takes two seconds, so that a newcomer
 * sees messages at once; deadlines of reviews stay.
 *
 * @param fast whether time runs fast
 * @param followUpDelay how long a journey waits before its second message
 * @param clock current time
 */
public record WaitDurations(boolean fast, Duration followUpDelay, Clock clock) {

	private static final Duration FAST = Duration.ofSeconds(2);

	/** Returns the wait of a journey, ISO 8601. */
	String delay(String wanted) {
		return (this.fast && !Duration.parse(wanted).isZero()) ? FAST.toString() : wanted;
	}

	String followUp() {
		return delay(this.followUpDelay.toString());
	}

	/** Returns when a deferred message continues. */
	public Instant until(Instant wanted) {
		Instant soon = this.clock.instant().plus(FAST);
		return (this.fast && soon.isBefore(wanted)) ? soon : wanted;
	}

}
