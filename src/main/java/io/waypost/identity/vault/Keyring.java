package io.waypost.identity.vault;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import javax.crypto.Mac;

import io.waypost.identity.Identifier;
import io.waypost.identity.masterkey.AesGcm;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts with keys derived from the newest root key and decrypts with those of all root
 * keys. Blind indexes always use the first root key: the identifiers of erased people
 * could not be hashed again.
 */
public class Keyring {

	private static final long RELOAD_INTERVAL = TimeUnit.MILLISECONDS.toNanos(500);

	private final Supplier<List<byte[]>> loader;

	private final AtomicLong loadedAt = new AtomicLong(System.nanoTime() - RELOAD_INTERVAL);

	private final RootKey index;

	/** Oldest first. */
	private volatile List<RootKey> roots;

	/**
	 * Creates a keyring that can load further root keys.
	 * @param loader loads all root keys, oldest first; called again when none of them
	 * decrypts a value, because another node may have rotated them
	 */
	public Keyring(Supplier<List<byte[]>> loader) {
		this.loader = loader;
		this.roots = loader.get().stream().map(RootKey::new).toList();
		this.index = this.roots.getFirst();
	}

	/**
	 * Creates a keyring of one root key.
	 * @param root 32 bytes
	 */
	public Keyring(byte[] root) {
		this(() -> List.of(root));
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
		Mac mac = this.index.index(tenant);
		mac.update(purpose.getBytes(StandardCharsets.US_ASCII));
		mac.update((byte) 0);
		return mac.doFinal(value.getBytes(StandardCharsets.UTF_8));
	}

	/** Encrypts with the newest root key. */
	public byte[] seal(KeyPurpose purpose, TenantId tenant, byte[] associated, byte[] clear, RandomGenerator random) {
		return AesGcm.seal(this.roots.getLast().key(purpose, tenant), associated, clear, random);
	}

	/**
	 * Decrypts what any of the root keys encrypted.
	 * @throws IllegalStateException when none did or the ciphertext was changed
	 */
	public byte[] open(KeyPurpose purpose, TenantId tenant, byte[] associated, byte[] sealed) {
		byte[] clear = find(purpose, tenant, associated, sealed);
		if (clear == null && reload()) {
			clear = find(purpose, tenant, associated, sealed);
		}
		if (clear == null) {
			throw new IllegalStateException("Cannot decrypt: the key is wrong or the ciphertext was changed");
		}
		return clear;
	}

	/**
	 * Encrypts again with the newest root key what an older one encrypted.
	 * @return null if the newest did already
	 */
	byte @Nullable [] reseal(KeyPurpose purpose, TenantId tenant, byte[] associated, byte[] sealed,
			RandomGenerator random) {
		if (AesGcm.tryOpen(this.roots.getLast().key(purpose, tenant), associated, sealed) != null) {
			return null;
		}
		return seal(purpose, tenant, associated, open(purpose, tenant, associated, sealed), random);
	}

	/** Loads the root keys again, at most twice a second. */
	private boolean reload() {
		long last = this.loadedAt.get();
		long now = System.nanoTime();
		if (now - last < RELOAD_INTERVAL || !this.loadedAt.compareAndSet(last, now)) {
			return false;
		}
		return replace(this.loader.get());
	}

	/** Uses these root keys from now on. Returns whether there are more than before. */
	boolean replace(List<byte[]> loaded) {
		int before = this.roots.size();
		this.roots = loaded.stream().map(RootKey::new).toList();
		return loaded.size() > before;
	}

	private byte @Nullable [] find(KeyPurpose purpose, TenantId tenant, byte[] associated, byte[] sealed) {
		for (RootKey root : this.roots.reversed()) {
			byte[] clear = AesGcm.tryOpen(root.key(purpose, tenant), associated, sealed);
			if (clear != null) {
				return clear;
			}
		}
		return null;
	}

	static UUID truncateToUuid(byte[] digest) {
		ByteBuffer bytes = ByteBuffer.wrap(digest);
		return new UUID(bytes.getLong(), bytes.getLong());
	}

}
