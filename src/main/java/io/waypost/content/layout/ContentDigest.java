package io.waypost.content.layout;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 over parts; each ends with a byte that none of them holds. */
public final class ContentDigest {

	private final MessageDigest digest;

	public ContentDigest() {
		try {
			this.digest = MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException impossible) {
			throw new IllegalStateException(impossible);
		}
	}

	public void part(String part) {
		this.digest.update(part.getBytes(StandardCharsets.UTF_8));
		this.digest.update((byte) 0);
	}

	public String hex() {
		return HexFormat.of().formatHex(this.digest.digest());
	}

}
