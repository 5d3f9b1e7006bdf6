package io.waypost.kernel;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A SHA-256 digest of texts or bytes. Used for cache keys, content digests and stored
 * hashes of secrets.
 */
public final class Fingerprint {

	private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(Fingerprint::sha256);

	private final byte[] digest;

	private Fingerprint(byte[] digest) {
		this.digest = digest;
	}

	/**
	 * Digests a list of values. Each value is preceded by the length of its text, so two
	 * different lists never have the same input.
	 * @param parts values by {@link String#valueOf(Object)}, UTF-8; null differs from
	 * "null"
	 * @return their fingerprint
	 */
	public static Fingerprint of(@Nullable Object... parts) {
		MessageDigest digest = SHA_256.get();
		for (Object part : parts) {
			byte[] bytes = String.valueOf(part).getBytes(StandardCharsets.UTF_8);
			digest.update(ByteBuffer.allocate(Integer.BYTES).putInt((part != null) ? bytes.length : -1).flip());
			digest.update(bytes);
		}
		return new Fingerprint(digest.digest());
	}

	/**
	 * Digests one text as it is, without a length.
	 * @param text UTF-8
	 * @return SHA-256 of the text
	 */
	public static Fingerprint ofText(String text) {
		return ofBytes(text.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Digests bytes as they are, one array after the other.
	 * @param parts the bytes
	 * @return SHA-256 of their concatenation
	 */
	public static Fingerprint ofBytes(byte[]... parts) {
		MessageDigest digest = SHA_256.get();
		for (byte[] part : parts) {
			digest.update(part);
		}
		return new Fingerprint(digest.digest());
	}

	/** Returns the digest as 64 lower-case hexadecimal characters. */
	public String hex() {
		return HexFormat.of().formatHex(this.digest);
	}

	/** Returns a copy of the 32 bytes. */
	public byte[] bytes() {
		return this.digest.clone();
	}

	/** Returns the first 64 bits, for example as the key of an advisory lock. */
	public long bits() {
		return ByteBuffer.wrap(this.digest).getLong();
	}

	/** Returns the first 128 bits as they are: half the size of the digest as a key. */
	public UUID half() {
		ByteBuffer bytes = ByteBuffer.wrap(this.digest);
		return new UUID(bytes.getLong(), bytes.getLong());
	}

	/** Returns the first 122 bits as a UUID of version 8 (RFC 9562, section 5.8). */
	public UUID uuid() {
		UUID half = half();
		return new UUID((half.getMostSignificantBits() & ~0xF000L) | 0x8000L,
				(half.getLeastSignificantBits() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof Fingerprint that && MessageDigest.isEqual(this.digest, that.digest);
	}

	@Override
	public int hashCode() {
		return (int) bits();
	}

	@Override
	public String toString() {
		return hex();
	}

	private static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java runtime has SHA-256", ex);
		}
	}

}
