package io.waypost.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that tests move. */
public final class MutableClock extends Clock {

	private final Clock base;

	private final AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);

	private MutableClock(Clock base) {
		this.base = base;
	}

	/**
	 * A clock that stands still until it is moved.
	 * @param start what it shows first
	 * @return the clock
	 */
	public static MutableClock at(Instant start) {
		return new MutableClock(Clock.fixed(start, ZoneOffset.UTC));
	}

	/**
	 * A clock that stands still until it is moved.
	 * @param start what it shows first, ISO 8601
	 * @return the clock
	 */
	public static MutableClock at(String start) {
		return at(Instant.parse(start));
	}

	/**
	 * The system's clock, which can be moved forward and back.
	 * @return the clock
	 */
	public static MutableClock ticking() {
		return new MutableClock(Clock.systemUTC());
	}

	/**
	 * Moves the clock.
	 * @param step how far; negative goes back
	 */
	public void advance(Duration step) {
		this.offset.updateAndGet((current) -> current.plus(step));
	}

	/**
	 * Sets the clock.
	 * @param instant what it shows from now on
	 */
	public void set(Instant instant) {
		this.offset.set(Duration.between(this.base.instant(), instant));
	}

	/** Takes back every move. */
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
