package io.waypost.content;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Remembers what was read a moment ago. What this process writes it forgets at once; what
 * another one writes shows when the shelf life is over.
 */
final class Recent<K, V> {

	private static final int MOST = 2_000;

	private final Map<K, Held<V>> held = new ConcurrentHashMap<>();

	private final Clock clock;

	private final Duration shelfLife;

	Recent(Clock clock, Duration shelfLife) {
		this.clock = clock;
		this.shelfLife = shelfLife;
	}

	V get(K key, Supplier<V> source) {
		Instant now = this.clock.instant();
		Held<V> known = this.held.get(key);
		if (known == null || Duration.between(known.readAt(), now).abs().compareTo(this.shelfLife) >= 0) {
			if (this.held.size() >= MOST) {
				this.held.clear();
			}
			known = new Held<>(source.get(), now);
			this.held.put(key, known);
		}
		return known.value();
	}

	void forget(K key) {
		this.held.remove(key);
	}

	private record Held<V>(V value, Instant readAt) {

	}

}
