package io.waypost.access.key;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.waypost.kernel.Fingerprint;

/**
 * Caches the owner of a secret for 5 seconds, also that it has none. The event API looks
 * up a key with each of thousands of requests per second. A revoked key stops working
 * after at most 5 seconds.
 *
 * @param <T> type of the owner
 */
public final class CredentialCache<T> {

	private static final Duration TIME_TO_LIVE = Duration.ofSeconds(5);

	/** Bounds the memory that a flood of made-up keys can take. */
	private static final int MAX_ENTRIES = 10_000;

	private final Cache<String, Optional<T>> owners;

	private final Function<byte[], Optional<T>> loader;

	/**
	 * Makes an empty cache.
	 * @param clock measures the time to live
	 * @param loader finds the owner by the SHA-256 hash of the secret
	 */
	public CredentialCache(Clock clock, Function<byte[], Optional<T>> loader) {
		this.owners = Caffeine.newBuilder()
			.maximumSize(MAX_ENTRIES)
			.expireAfterWrite(TIME_TO_LIVE)
			.ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
			.build();
		this.loader = loader;
	}

	/**
	 * Finds the owner of a secret.
	 * @param secret in clear text
	 * @return the owner, empty for an unknown secret
	 */
	public Optional<T> get(String secret) {
		Optional<T> known = this.owners.getIfPresent(secret);
		if (known != null) {
			return known;
		}
		// Outside the cache: its own loading makes requests with one secret wait for each
		// other, and without a database each waits for the connection timeout
		Optional<T> owner = this.loader.apply(Fingerprint.ofText(secret).bytes());
		this.owners.put(secret, owner);
		return owner;
	}

}
