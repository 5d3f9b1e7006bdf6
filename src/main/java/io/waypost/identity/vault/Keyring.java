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
 * The keys of all tenants, derived from one master key: HMAC-SHA256(master, purpose and
 * tenant), the expand step of HKDF (RFC 5869 §2.3) for one block.
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

	/** The blind index of an identifier: 128 of the 256 bits are plenty and sort fast. */
	public UUID index(TenantId tenant, Identifier.Type type, String value) {
		return truncateToUuid(digest(tenant, type.name(), value));
	}

	/**
	 * A keyed hash that tells equal values apart from different ones, and nothing else.
	 */
	public byte[] digest(TenantId tenant, String purpose, String value) {
		Mac mac = index(tenant);
		mac.update(purpose.getBytes(StandardCharsets.US_ASCII));
		mac.update((byte) 0);
		return mac.doFinal(value.getBytes(StandardCharsets.UTF_8));
	}

	/** The AES key that wraps the tenant's data keys. */
	SecretKey wrappingKey(TenantId tenant) {
		return key("wrap", tenant);
	}

	/** The AES key for what belongs to a tenant but not yet to any profile. */
	public SecretKey unassignedDataKey(TenantId tenant) {
		return key("park", tenant);
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
				(key) -> keyed(new SecretKeySpec(derive("index|" + key.value()), ALGORITHM)));
		try {
			// Cloning keeps the padded key state and is several times cheaper than a new
			// Mac
			return (Mac) prototype.clone();
		}
		catch (CloneNotSupportedException ex) {
			throw new IllegalStateException("The JDK's HmacSHA256 cannot be cloned", ex);
		}
	}

	private byte[] derive(String name) {
		return keyed(this.master).doFinal((name + '\u0001').getBytes(StandardCharsets.UTF_8));
	}

	private static Mac keyed(SecretKey key) {
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
