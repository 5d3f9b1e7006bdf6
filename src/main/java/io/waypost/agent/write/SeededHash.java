package io.waypost.agent.write;

/**
 * A 64-bit hash with a seed, so that several choices within one message are independent.
 * The mixing steps are those of SplitMix64.
 */
final class SeededHash {

	private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

	private SeededHash() {
	}

	static long mix(long seed, long value) {
		long z = seed + GOLDEN_GAMMA * (value + 1);
		z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
		z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
		return z ^ (z >>> 31);
	}

	/** Returns a number from 0 to bound - 1. */
	static int pick(long seed, long value, int bound) {
		return (int) Long.remainderUnsigned(mix(seed, value), bound);
	}

}
