package io.waypost.ingestion.parse;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

/** SHA-256 of a text. */
public final class ContentHash {

	private ContentHash() {
	}

	/** All of it, in hexadecimal. */
	static String hex(String text) {
		return HexFormat.of().formatHex(digest(text));
	}

	/** The first half: unique enough for a key, and half the size of an index entry. */
	public static UUID uuid(String text) {
		ByteBuffer bytes = ByteBuffer.wrap(digest(text));
		return new UUID(bytes.getLong(), bytes.getLong());
	}

	private static byte[] digest(String text) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every JDK has SHA-256", ex);
		}
	}

}
