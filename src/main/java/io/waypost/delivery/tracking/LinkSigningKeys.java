package io.waypost.delivery.tracking;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The secrets that sign links: the current one signs, retired ones still verify. */
public class LinkSigningKeys {

	private static final String ALGORITHM = "HmacSHA256";

	private static final int SIGNATURE_BYTES = 16;

	private static final long RELOAD_INTERVAL = TimeUnit.SECONDS.toNanos(10);

	private final String publicUrl;

	private final Map<String, SigningKey> byId = new ConcurrentHashMap<>();

	private final SigningKey current;

	private final Supplier<List<String>> loader;

	private final AtomicLong loadedAt = new AtomicLong(System.nanoTime() - RELOAD_INTERVAL);

	public LinkSigningKeys(String publicUrl, String secret, List<String> retired) {
		this(publicUrl, () -> Stream.concat(Stream.of(secret), retired.stream()).toList());
	}

	/**
	 * Creates keys that can be loaded again.
	 * @param publicUrl address in front of all links
	 * @param loader reads the secrets, the current one first; called again for an unknown
	 * key, because another process may have rotated them
	 */
	public LinkSigningKeys(String publicUrl, Supplier<List<String>> loader) {
		this.publicUrl = publicUrl.replaceFirst("/+$", "");
		this.loader = loader;
		List<String> secrets = loader.get();
		this.current = add(secrets.getFirst());
		secrets.forEach(this::add);
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
		SigningKey key = this.byId.get(id);
		if (key == null && isReloadDue()) {
			this.loader.get().forEach(this::add);
			key = this.byId.get(id);
		}
		return Optional.ofNullable(key);
	}

	/** Forged links must not cause a read each. */
	private boolean isReloadDue() {
		long last = this.loadedAt.get();
		long now = System.nanoTime();
		return now - last > RELOAD_INTERVAL && this.loadedAt.compareAndSet(last, now);
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
