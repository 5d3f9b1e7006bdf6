package io.waypost.kernel;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * Maps ids to positions between 0 and 1, for random assignment and sampling. The same
 * purpose and id always give the same position. The positions of an id for two purposes
 * are independent, because the seed of a purpose is hashed first (XOR or sums of weak
 * hashes do correlate).
 * <p>
 * Version 1: the seed is the first 8 bytes of SHA-256 of the purpose. The 16 bytes of the
 * id go through MurmurHash3 x64 128 (Austin Appleby, public domain); both halves of its
 * state start from the seed. The first 53 bits of the first half are the position.
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
	 * Makes the bucketing of one purpose.
	 * @param purpose everything that needs an independent order: tenant, kind and name
	 * @return the same for the same text, on every machine and in every version
	 */
	public static Bucketing of(String purpose) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(purpose.getBytes(StandardCharsets.UTF_8));
			return new Bucketing(ByteBuffer.wrap(digest).getLong());
		}
		catch (NoSuchAlgorithmException unavailable) {
			throw new IllegalStateException(unavailable);
		}
	}

	/**
	 * Returns the position of an id.
	 * @param unit id of the profile or other unit
	 * @return from 0 inclusive to 1 exclusive
	 */
	public double position(UUID unit) {
		return (hash(this.seed, unit) >>> 11) * UNIT;
	}

	/**
	 * Computes the first half of MurmurHash3 x64 128 of 16 bytes. The bytes are those of
	 * the id in the order in which it is written.
	 * @param seed start of both halves of the state; up to 32 bits in the reference
	 * implementation
	 * @param unit id to hash
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
