package io.waypost.agent.write;

/**
 * A 64-bit hash that starts from a seed, so that different questions about the same
 * message get unrelated answers (the mixing steps are SplitMix64's).
 */
final class SeededHash {

	private static final long GOLDEN = 0x9E3779B97F4A7C15L;

	private SeededHash() {
	}

	static long mix(long seed, long value) {
		long z = seed + GOLDEN * (value + 1);
		z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
		z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
		return z ^ (z >>> 31);
	}

	/** A number from 0 to bound - 1. */
	static int pick(long seed, long question, int bound) {
		return (int) Long.remainderUnsigned(mix(seed, question), bound);
	}

}
