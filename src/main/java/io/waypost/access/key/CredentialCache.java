package io.waypost.access.key;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Remembers for a few seconds who a secret belongs to, and that it belongs to nobody: the
 * front door asks with each of thousands of requests a second. A key that is taken back
 * stops working after that time.
 */
public final class CredentialCache<T> {

	private static final Duration SPAN = Duration.ofSeconds(5);

	/** Bounds what a flood of made-up keys can take. */
	private static final int CAPACITY = 10_000;

	private record Remembered<T>(Optional<T> owner, Instant until) {

	}

	private final Map<String, Remembered<T>> owners = new ConcurrentHashMap<>();

	private final Clock clock;

	private final Function<byte[], Optional<T>> lookup;

	public CredentialCache(Clock clock, Function<byte[], Optional<T>> lookup) {
		this.clock = clock;
		this.lookup = lookup;
	}

	public Optional<T> get(String secret) {
		Instant now = this.clock.instant();
		Remembered<T> remembered = this.owners.get(secret);
		if (remembered == null || remembered.until().isBefore(now)) {
			remembered = new Remembered<>(this.lookup.apply(SecretHash.of(secret)), now.plus(SPAN));
			if (this.owners.size() >= CAPACITY) {
				this.owners.clear();
			}
			this.owners.put(secret, remembered);
		}
		return remembered.owner();
	}

}
