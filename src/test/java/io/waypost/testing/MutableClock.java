package io.waypost.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that tests can change. */
public final class MutableClock extends Clock {

	private final Clock base;

	private final AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);

	private MutableClock(Clock base) {
		this.base = base;
	}

	/**
	 * Makes a stopped clock.
	 * @param start initial time
	 * @return the clock
	 */
	public static MutableClock at(Instant start) {
		return new MutableClock(Clock.fixed(start, ZoneOffset.UTC));
	}

	/**
	 * Makes a stopped clock.
	 * @param start initial time, ISO 8601
	 * @return the clock
	 */
	public static MutableClock at(String start) {
		return at(Instant.parse(start));
	}

	/**
	 * Makes a running clock with an offset to the system clock.
	 * @return the clock
	 */
	public static MutableClock ticking() {
		return new MutableClock(Clock.systemUTC());
	}

	/**
	 * Advances the clock.
	 * @param step duration; negative to go back
	 */
	public void advance(Duration step) {
		this.offset.updateAndGet((current) -> current.plus(step));
	}

	/**
	 * Sets the clock.
	 * @param instant new time
	 */
	public void set(Instant instant) {
		this.offset.set(Duration.between(this.base.instant(), instant));
	}

	/** Removes the offset. */
	public void reset() {
		this.offset.set(Duration.ZERO);
	}

	@Override
	public Instant instant() {
		return this.base.instant().plus(this.offset.get());
	}

	@Override
	public ZoneId getZone() {
		return ZoneOffset.UTC;
	}

	@Override
	public Clock withZone(ZoneId zone) {
		return Clock.offset(this.base, this.offset.get()).withZone(zone);
	}

}
