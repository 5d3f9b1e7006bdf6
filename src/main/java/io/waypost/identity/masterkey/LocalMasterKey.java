package io.waypost.identity.masterkey;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * A master key in the memory of this process. It wraps with an AES key that is derived
 * from it, because databases of earlier versions derive other keys from it directly.
 */
public final class LocalMasterKey implements MasterKey {

	private static final int BYTES = 32;

	private final byte[] key;

	private final SecretKey wrapping;

	private final String id;

	private final RandomGenerator random;

	LocalMasterKey(byte[] key, RandomGenerator random) {
		this.key = key.clone();
		this.wrapping = new SecretKeySpec(derive(key, "root"), "AES");
		this.id = "local:" + HexFormat.of().formatHex(derive(key, "id"), 0, 4);
		this.random = random;
	}

	/**
	 * Reads a key.
	 * @param text 32 bytes in base64
	 * @param origin setting or file, for messages
	 * @param random source of nonces
	 * @return the key
	 * @throws MasterKeyException when the text is no such key
	 */
	static LocalMasterKey parse(String text, String origin, RandomGenerator random) {
		byte[] key;
		try {
			key = Base64.getDecoder().decode(text.strip().getBytes(StandardCharsets.UTF_8));
		}
		catch (IllegalArgumentException ex) {
			throw new MasterKeyException(
					"The master key in %s is not base64; create one with: openssl rand -base64 32".formatted(origin));
		}
		if (key.length != BYTES) {
			throw new MasterKeyException("The master key in %s has %d bytes, but %d are needed; create one with: "
				.formatted(origin, key.length, BYTES) + "openssl rand -base64 32");
		}
		return new LocalMasterKey(key, random);
	}

	/** Returns 32 new bytes in base64. */
	static String generate(RandomGenerator random) {
		byte[] key = new byte[BYTES];
		random.nextBytes(key);
		return Base64.getEncoder().encodeToString(key);
	}

	/**
	 * Returns the key itself, which is the root key of databases of earlier versions.
	 * @return 32 bytes
	 */
	public byte[] bytes() {
		return this.key.clone();
	}

	@Override
	public String id() {
		return this.id;
	}

	@Override
	public byte[] wrap(int version, byte[] root) {
		return AesGcm.seal(this.wrapping, associated(version), root, this.random);
	}

	@Override
	public byte[] unwrap(int version, byte[] wrapped) {
		try {
			return AesGcm.open(this.wrapping, associated(version), wrapped);
		}
		catch (RuntimeException ex) {
			throw new MasterKeyException("The master key %s did not encrypt root key %d, or its ciphertext was changed"
				.formatted(this.id, version));
		}
	}

	private static byte[] associated(int version) {
		return ("waypost root key " + version).getBytes(StandardCharsets.UTF_8);
	}

	private static byte[] derive(byte[] key, String purpose) {
		try {
			Mac mac = Mac.getInstance("HmacSHA256");
			mac.init(new SecretKeySpec(key, "HmacSHA256"));
			byte[] derived = mac.doFinal(("master|" + purpose + '\u0001').getBytes(StandardCharsets.UTF_8));
			return Arrays.copyOf(derived, BYTES);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("The JDK lacks HmacSHA256", ex);
		}
	}

	@Override
	public String toString() {
		return this.id;
	}

}
