package io.waypost.agent.plan;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * SHA-256 over texts, each with its length, so that no two lists of texts look the same.
 *
 * @param hex 64 characters
 */
public record ContentFingerprint(String hex) {

	public static ContentFingerprint of(@Nullable Object... parts) {
		MessageDigest digest = sha256();
		for (Object part : parts) {
			byte[] bytes = String.valueOf(part).getBytes(StandardCharsets.UTF_8);
			digest.update(ByteBuffer.allocate(Integer.BYTES).putInt((part != null) ? bytes.length : -1).flip());
			digest.update(bytes);
		}
		return new ContentFingerprint(HexFormat.of().formatHex(digest.digest()));
	}

	/**
	 * The first 122 bits as an id of version 8, which RFC 9562 leaves to whoever makes
	 * it.
	 */
	public UUID id() {
		ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().parseHex(this.hex));
		return new UUID((bytes.getLong() & ~0xF000L) | 0x8000L,
				(bytes.getLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L);
	}

	private static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException everyJavaHasIt) {
			throw new IllegalStateException(everyJavaHasIt);
		}
	}

}
