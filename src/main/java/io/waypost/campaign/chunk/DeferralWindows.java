package io.waypost.campaign.chunk;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Calculates when deferred recipients of a campaign are processed again. With
 * {@code waypost.fast-time} a send window starts after two seconds, like the waits of
 * journeys.
 */
@Component
class DeferralWindows {

	private static final Duration FAST = Duration.ofSeconds(2);

	private final boolean fastTime;

	private final Clock clock;

	DeferralWindows(@Value("${waypost.fast-time:false}") boolean fastTime, Clock clock) {
		this.fastTime = fastTime;
		this.clock = clock;
	}

	/**
	 * Shortens the wait for a send window in fast time.
	 * @param window the start of the window on the recipient's clock
	 * @return when the recipient is tried again, never later than the window
	 */
	Instant opensAt(Instant window) {
		Instant soon = this.clock.instant().plus(FAST);
		return (this.fastTime && soon.isBefore(window)) ? soon : window;
	}

}
