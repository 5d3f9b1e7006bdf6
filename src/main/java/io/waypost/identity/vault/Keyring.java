package io.waypost.identity.vault;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

import io.waypost.identity.Identifier;
import io.waypost.kernel.TenantId;

/**
 * Derives the keys of all tenants from one master key: HMAC-SHA256(master, purpose and
 * tenant), which is the expand step of HKDF (RFC 5869, section 2.3) for one block.
 */
public class Keyring {

	private static final String ALGORITHM = "HmacSHA256";

	private final SecretKey master;

	private final Map<TenantId, Mac> indexes = new ConcurrentHashMap<>();

	private final Map<String, SecretKey> keys = new ConcurrentHashMap<>();

	public Keyring(byte[] master) {
		if (master.length != 32) {
			throw new IllegalArgumentException("The master key must be 32 bytes, but has %d".formatted(master.length));
		}
		this.master = new SecretKeySpec(master, ALGORITHM);
	}

	/**
	 * Returns the blind index of an identifier: the first 128 bits of its keyed hash,
	 * which are enough to be unique and sort fast.
	 */
	public UUID index(TenantId tenant, Identifier.Type type, String value) {
		return truncateToUuid(digest(tenant, type.name(), value));
	}

	/**
	 * Returns a keyed hash of a value (HMAC-SHA256): it reveals only which values are
	 * equal.
	 */
	public byte[] digest(TenantId tenant, String purpose, String value) {
		Mac mac = index(tenant);
		mac.update(purpose.getBytes(StandardCharsets.US_ASCII));
		mac.update((byte) 0);
		return mac.doFinal(value.getBytes(StandardCharsets.UTF_8));
	}

	/** Returns the AES key that wraps the tenant's data keys. */
	SecretKey wrappingKey(TenantId tenant) {
		return key("wrap", tenant);
	}

	/** Returns the AES key for data of a tenant that is not assigned to a profile. */
	public SecretKey unassignedDataKey(TenantId tenant) {
		return key("park", tenant);
	}

	/** Returns the AES key for secrets of the tenant's accounts. */
	SecretKey accountKey(TenantId tenant) {
		return key("account", tenant);
	}

	static UUID truncateToUuid(byte[] digest) {
		ByteBuffer bytes = ByteBuffer.wrap(digest);
		return new UUID(bytes.getLong(), bytes.getLong());
	}

	private SecretKey key(String purpose, TenantId tenant) {
		return this.keys.computeIfAbsent(purpose + '|' + tenant.value(),
				(name) -> new SecretKeySpec(derive(name), "AES"));
	}

	private Mac index(TenantId tenant) {
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
		return newMac(this.master).doFinal((name + '\u0001').getBytes(StandardCharsets.UTF_8));
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
