package io.waypost.content.cache;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Remembers what was read a moment ago. What this process writes it forgets at once; what
 * another one writes shows when the shelf life is over.
 */
public final class ExpiringCache<K, V> {

	private static final int MOST = 2_000;

	private final Map<K, Held<V>> held = new ConcurrentHashMap<>();

	private final Clock clock;

	private final Duration shelfLife;

	public ExpiringCache(Clock clock, Duration shelfLife) {
		this.clock = clock;
		this.shelfLife = shelfLife;
	}

	public V get(K key, Supplier<V> source) {
		Instant now = this.clock.instant();
		Held<V> known = this.held.get(key);
		if (known == null || isOver(known, now)) {
			known = new Held<>(source.get(), now);
			hold(key, known);
		}
		return known.value();
	}

	private boolean isOver(Held<V> known, Instant now) {
		return Duration.between(known.readAt(), now).abs().compareTo(this.shelfLife) >= 0;
	}

	private void hold(K key, Held<V> value) {
		if (this.held.size() >= MOST) {
			this.held.clear();
		}
		this.held.put(key, value);
	}

	/** Reads many at once: the source is asked only for those not held. */
	public Map<K, V> getAll(Collection<K> keys, Function<List<K>, Map<K, V>> source) {
		Instant now = this.clock.instant();
		Map<K, V> found = new LinkedHashMap<>();
		List<K> missing = new ArrayList<>();
		for (K key : keys) {
			Held<V> known = this.held.get(key);
			if (known == null || isOver(known, now)) {
				missing.add(key);
			}
			else {
				found.put(key, known.value());
			}
		}
		if (!missing.isEmpty()) {
			source.apply(missing).forEach((key, value) -> {
				hold(key, new Held<>(value, now));
				found.put(key, value);
			});
		}
		return found;
	}

	public void forgetAll() {
		this.held.clear();
	}

	public void forget(K key) {
		this.held.remove(key);
	}

	private record Held<V>(V value, Instant readAt) {

	}

}
