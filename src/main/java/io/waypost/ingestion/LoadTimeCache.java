package io.waypost.ingestion;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Answers from memory for fifty times as long as the answer took to find: what is quick
 * stays live, and what is slow never takes more than one part in fifty of a connection,
 * however many people look.
 */
final class LoadTimeCache<K, V> {

	private static final int PART = 50;

	private static final long LONGEST = Duration.ofMinutes(1).toNanos();

	private static final int MOST = 1_000;

	private final Map<K, Held<V>> held = new ConcurrentHashMap<>();

	private final LongSupplier nanos;

	LoadTimeCache(LongSupplier nanos) {
		this.nanos = nanos;
	}

	V get(K key, Supplier<V> source) {
		long begun = this.nanos.getAsLong();
		Held<V> known = this.held.get(key);
		if (known != null && begun - known.foundAt() < known.keep()) {
			return known.value();
		}
		V value = source.get();
		long now = this.nanos.getAsLong();
		if (this.held.size() >= MOST) {
			this.held.clear();
		}
		this.held.put(key, new Held<>(value, now, Math.min((now - begun) * PART, LONGEST)));
		return value;
	}

	private record Held<V>(V value, long foundAt, long keep) {

	}

}
