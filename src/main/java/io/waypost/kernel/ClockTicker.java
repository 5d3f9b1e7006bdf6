package io.waypost.kernel;

import java.time.Clock;
import java.util.concurrent.TimeUnit;

import com.github.benmanes.caffeine.cache.Ticker;

/**
 * Lets a Caffeine cache expire by the injected {@link Clock}, so that tests can move its
 * time. Precision: one millisecond.
 */
public final class ClockTicker implements Ticker {

	private final Clock clock;

	public ClockTicker(Clock clock) {
		this.clock = clock;
	}

	@Override
	public long read() {
		return TimeUnit.MILLISECONDS.toNanos(this.clock.millis());
	}

}
