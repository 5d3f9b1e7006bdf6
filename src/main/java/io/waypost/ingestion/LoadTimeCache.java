package io.waypost.ingestion;

import java.time.Duration;
import java.util.function.Supplier;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;

/**
 * Caches values for fifty times as long as they took to load, at most one minute. Fast
 * values stay up to date, and a slow one occupies a connection for at most 2 % of the
 * time, however many requests read it.
 */
final class LoadTimeCache<K, V> {

	private static final int FACTOR = 50;

	private static final long MAX_DURATION_NANOS = Duration.ofMinutes(1).toNanos();

	private static final int MAX_SIZE = 1_000;

	private final Ticker ticker;

	private final Cache<K, Loaded<V>> values;

	LoadTimeCache(Ticker ticker) {
		this.ticker = ticker;
		this.values = Caffeine.newBuilder()
			.ticker(ticker)
			.executor(Runnable::run)
			.maximumSize(MAX_SIZE)
			.expireAfter(Expiry.writing((K key, Loaded<V> loaded) -> loaded.keep()))
			.build();
	}

	/** Returns the cached value, or loads it. Concurrent requests may load it twice. */
	V get(K key, Supplier<V> source) {
		Loaded<V> cached = this.values.getIfPresent(key);
		if (cached != null) {
			return cached.value();
		}
		long begun = this.ticker.read();
		V value = source.get();
		long nanos = Math.min((this.ticker.read() - begun) * FACTOR, MAX_DURATION_NANOS);
		if (nanos > 0) {
			this.values.put(key, new Loaded<>(value, Duration.ofNanos(nanos)));
		}
		return value;
	}

	private record Loaded<V>(V value, Duration keep) {

	}

}
