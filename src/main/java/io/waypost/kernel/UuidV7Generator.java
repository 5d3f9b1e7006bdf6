package io.waypost.kernel;

import java.time.Clock;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Generates UUIDs of version 7 (RFC 9562 §5.7): 48 bits of Unix milliseconds, then a
 * counter and random bits. New rows are therefore appended at the right edge of every
 * index.
 */
public final class UuidV7Generator implements IdGenerator {

	private static final int COUNTER_BITS = 12;

	private final Clock clock;

	private final RandomGenerator random;

	private long lastTick;

	public UuidV7Generator(Clock clock, RandomGenerator random) {
		this.clock = clock;
		this.random = random;
	}

	@Override
	public UUID next() {
		long tick = nextTick();
		long high = (tick >>> COUNTER_BITS) << 16 | 0x7000 | (tick & 0xFFF);
		long low = 0x8000_0000_0000_0000L | (this.random.nextLong() >>> 2);
		return new UUID(high, low);
	}

	/**
	 * Returns milliseconds and counter as one number. It always increases, also when the
	 * clock is set back.
	 */
	private synchronized long nextTick() {
		long now = this.clock.millis() << COUNTER_BITS;
		this.lastTick = Math.max(now, this.lastTick + 1);
		return this.lastTick;
	}

}
