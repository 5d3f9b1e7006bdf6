package io.waypost.journey.run;

import java.time.Duration;
import java.time.Instant;

import io.waypost.kernel.FastTime;

/**
 * How long journeys wait.
 *
 * @param fastTime shortens waits when it is enabled
 * @param followUpDelay value of the variable {@code followUpDelay}
 */
public record WaitDurations(FastTime fastTime, Duration followUpDelay) {

	/** Returns the wait of a journey, ISO 8601. */
	String delay(String requested) {
		return this.fastTime.shorten(Duration.parse(requested)).toString();
	}

	String followUp() {
		return delay(this.followUpDelay.toString());
	}

	/** Returns when a deferred message continues. */
	public Instant until(Instant windowStart) {
		return this.fastTime.shorten(windowStart);
	}

}
