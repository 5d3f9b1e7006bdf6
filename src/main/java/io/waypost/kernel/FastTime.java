package io.waypost.kernel;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Shortens the waits of journeys and campaigns to two seconds when
 * {@code waypost.fast-time} is set, so that a newcomer sees messages at once. Deadlines
 * of reviews and approvals are not waits and keep their length.
 *
 * @param enabled whether waits are shortened
 * @param clock current time
 */
public record FastTime(boolean enabled, Clock clock) {

	private static final Duration WAIT = Duration.ofSeconds(2);

	/** Returns the length of a wait. It never becomes longer. */
	public Duration shorten(Duration wait) {
		return (this.enabled && wait.compareTo(WAIT) > 0) ? WAIT : wait;
	}

	/** Returns the end of a wait that starts now. It never becomes later. */
	public Instant shorten(Instant end) {
		Instant soon = this.clock.instant().plus(WAIT);
		return (this.enabled && soon.isBefore(end)) ? soon : end;
	}

}
