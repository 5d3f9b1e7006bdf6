package io.waypost.delivery.tracking;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The secrets that sign links: the current one signs, retired ones still verify. */
public class LinkSigningKeys {

	private static final String ALGORITHM = "HmacSHA256";

	private static final int SIGNATURE_BYTES = 16;

	private final String publicUrl;

	private final Map<String, SigningKey> byId = new LinkedHashMap<>();

	private final SigningKey current;

	public LinkSigningKeys(String publicUrl, String secret, List<String> retired) {
		this.publicUrl = publicUrl.replaceFirst("/+$", "");
		this.current = add(secret);
		retired.forEach(this::add);
	}

	/**
	 * Reads the secret from its file. Creates the file with a new secret when it does not
	 * exist; only the owner can read it.
	 * @param file path of the file
	 * @param random source of a new secret
	 * @return the secret
	 */
	public static String readOrCreateSecret(Path file, RandomGenerator random) {
		try {
			if (!Files.exists(file)) {
				create(file, random);
			}
			return Files.readString(file, StandardCharsets.UTF_8).strip();
		}
		catch (IOException failure) {
			throw new UncheckedIOException(
					"The link key file %s cannot be read or created; set waypost.delivery.link-key instead"
						.formatted(file),
					failure);
		}
	}

	private static void create(Path file, RandomGenerator random) throws IOException {
		byte[] secret = new byte[32];
		random.nextBytes(secret);
		Files.createDirectories(file.toAbsolutePath().getParent());
		Files.writeString(file, HexFormat.of().formatHex(secret), StandardCharsets.UTF_8,
				StandardOpenOption.CREATE_NEW);
		if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
			Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
		}
	}

	private SigningKey add(String secret) {
		if (secret.length() < 32) {
			throw new IllegalStateException("waypost.delivery.link-key must have at least 32 characters");
		}
		SigningKey key = SigningKey.of(secret);
		this.byId.putIfAbsent(key.id(), key);
		return key;
	}

	String publicUrl() {
		return this.publicUrl;
	}

	SigningKey current() {
		return this.current;
	}

	Optional<SigningKey> find(String id) {
		return Optional.ofNullable(this.byId.get(id));
	}

	/**
	 * A secret and its id.
	 *
	 * @param id first 32 bits of the secret's SHA-256 hash
	 * @param prototype initialised MAC. It is cloned for each signature, because it is
	 * not thread-safe and cloning is several times cheaper than initialising.
	 */
	record SigningKey(String id, Mac prototype) {

		static SigningKey of(String secret) {
			byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
			try {
				byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
				Mac mac = Mac.getInstance(ALGORITHM);
				mac.init(new SecretKeySpec(bytes, ALGORITHM));
				return new SigningKey(HexFormat.of().formatHex(hash, 0, 4), mac);
			}
			catch (GeneralSecurityException impossible) {
				throw new IllegalStateException(impossible);
			}
		}

		byte[] sign(String claim) {
			try {
				Mac mac = (Mac) this.prototype.clone();
				return Arrays.copyOf(mac.doFinal(claim.getBytes(StandardCharsets.UTF_8)), SIGNATURE_BYTES);
			}
			catch (CloneNotSupportedException impossible) {
				throw new IllegalStateException(impossible);
			}
		}

		@Override
		public String toString() {
			return "Key[" + this.id + "]";
		}

	}

}
