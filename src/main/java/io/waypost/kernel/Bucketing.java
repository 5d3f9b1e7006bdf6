package io.waypost.kernel;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * Places units on a line from 0 to 1, always at the same spot for the same purpose, and
 * at spots that have nothing to do with one another for different purposes. The seed of a
 * purpose goes in first, so that two purposes never see the same order of people (XOR or
 * sums of weak hashes do correlate).
 * <p>
 * Version 1: the seed is the first 8 bytes of SHA-256 over the purpose; the unit's 16
 * bytes go through MurmurHash3 x64 128 (Austin Appleby, public domain) with both halves
 * of its state started from that seed; the first 53 bits of the first half are the place.
 */
public final class Bucketing {

	private static final long C1 = 0x87c37b91114253d5L;

	private static final long C2 = 0x4cf5ad432745937fL;

	private static final int LENGTH = 16;

	private static final double UNIT = 0x1.0p-53;

	private final long seed;

	private Bucketing(long seed) {
		this.seed = seed;
	}

	/**
	 * Bucketing for one purpose.
	 * @param purpose what it is for, with everything that should have an order of its own
	 * in it: tenant, kind, name
	 * @return the same for the same text, on every machine and for ever
	 */
	public static Bucketing of(String purpose) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(purpose.getBytes(StandardCharsets.UTF_8));
			return new Bucketing(ByteBuffer.wrap(digest).getLong());
		}
		catch (NoSuchAlgorithmException everyJavaHasIt) {
			throw new IllegalStateException(everyJavaHasIt);
		}
	}

	/**
	 * Where a unit stands.
	 * @param unit whom to place
	 * @return from 0 inclusive to 1 exclusive
	 */
	public double position(UUID unit) {
		return (hash(this.seed, unit) >>> 11) * UNIT;
	}

	/**
	 * MurmurHash3 x64 128 of 16 bytes, first half. The bytes are those of the id in the
	 * order in which it is written.
	 * @param seed start of both halves of the state; up to 32 bits in the reference
	 * @param unit what to hash
	 * @return 64 bits
	 */
	static long hash(long seed, UUID unit) {
		long h1 = seed;
		long h2 = seed;
		long k1 = Long.reverseBytes(unit.getMostSignificantBits());
		long k2 = Long.reverseBytes(unit.getLeastSignificantBits());
		h1 ^= Long.rotateLeft(k1 * C1, 31) * C2;
		h1 = (Long.rotateLeft(h1, 27) + h2) * 5 + 0x52dce729;
		h2 ^= Long.rotateLeft(k2 * C2, 33) * C1;
		h2 = (Long.rotateLeft(h2, 31) + h1) * 5 + 0x38495ab5;
		h1 ^= LENGTH;
		h2 ^= LENGTH;
		h1 += h2;
		h2 += h1;
		return mix(h1) + mix(h2);
	}

	private static long mix(long hash) {
		long mixed = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
		mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
		return mixed ^ (mixed >>> 33);
	}

}
