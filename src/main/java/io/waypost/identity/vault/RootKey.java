package io.waypost.identity.vault;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

import io.waypost.kernel.TenantId;

/**
 * One root key and the keys derived from it: HMAC-SHA256(root, purpose and tenant), which
 * is the expand step of HKDF (RFC 5869, section 2.3) for one block.
 */
final class RootKey {

	private static final String ALGORITHM = "HmacSHA256";

	private final SecretKey root;

	private final Map<TenantId, Mac> indexes = new ConcurrentHashMap<>();

	private final Map<String, SecretKey> keys = new ConcurrentHashMap<>();

	RootKey(byte[] root) {
		if (root.length != 32) {
			throw new IllegalArgumentException("The master key must be 32 bytes, but has %d".formatted(root.length));
		}
		this.root = new SecretKeySpec(root, ALGORITHM);
	}

	SecretKey key(KeyPurpose purpose, TenantId tenant) {
		return this.keys.computeIfAbsent(purpose.label() + '|' + tenant.value(),
				(name) -> new SecretKeySpec(derive(name), "AES"));
	}

	/** Returns a MAC with the tenant's index key, ready for one value. */
	Mac index(TenantId tenant) {
		Mac prototype = this.indexes.computeIfAbsent(tenant,
				(key) -> newMac(new SecretKeySpec(derive("index|" + key.value()), ALGORITHM)));
		try {
			// A clone keeps the prepared key and is several times cheaper than a new Mac
			return (Mac) prototype.clone();
		}
		catch (CloneNotSupportedException ex) {
			throw new IllegalStateException("The JDK's HmacSHA256 cannot be cloned", ex);
		}
	}

	private byte[] derive(String name) {
		return newMac(this.root).doFinal((name + '\u0001').getBytes(StandardCharsets.UTF_8));
	}

	private static Mac newMac(SecretKey key) {
		try {
			Mac mac = Mac.getInstance(ALGORITHM);
			mac.init(key);
			return mac;
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("The JDK lacks " + ALGORITHM, ex);
		}
	}

}
