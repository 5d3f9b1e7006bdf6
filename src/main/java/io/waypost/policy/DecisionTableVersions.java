package io.waypost.policy;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Caches the newest version of each table. Reads the database again when the cached
 * versions are older than the interval, and at once after {@link #invalidate()}.
 */
final class DecisionTableVersions {

	private final DecisionTableSource source;

	private final long interval;

	private final LongSupplier nanos;

	private final AtomicLong generation = new AtomicLong();

	private final AtomicBoolean loading = new AtomicBoolean();

	private volatile Snapshot snapshot = new Snapshot(-1, 0, Map.of());

	DecisionTableVersions(DecisionTableSource source, Duration interval, LongSupplier nanos) {
		this.source = source;
		this.interval = interval.toNanos();
		this.nanos = nanos;
	}

	DeployedDecisionTable require(String key) {
		Map<String, DeployedDecisionTable> tables = newest();
		DeployedDecisionTable table = tables.get(key);
		if (table == null) {
			throw new IllegalArgumentException("No decision table '%s' is deployed; deployed are %s".formatted(key,
					tables.keySet().stream().sorted().toList()));
		}
		return table;
	}

	void invalidate() {
		this.generation.incrementAndGet();
	}

	private Map<String, DeployedDecisionTable> newest() {
		Snapshot known = this.snapshot;
		if (known.generation() != this.generation.get()) {
			return load();
		}
		if (this.nanos.getAsLong() - known.loadedAt() < this.interval || !this.loading.compareAndSet(false, true)) {
			return known.tables();
		}
		try {
			return load();
		}
		finally {
			this.loading.set(false);
		}
	}

	/**
	 * Threads do not wait for the query of another thread, because a waiting thread may
	 * hold the connection that the query needs. After an invalidation several threads may
	 * run the query.
	 */
	private Map<String, DeployedDecisionTable> load() {
		long loadedGeneration = this.generation.get();
		long at = this.nanos.getAsLong();
		Map<String, DeployedDecisionTable> tables = this.source.newest()
			.stream()
			.collect(Collectors.toUnmodifiableMap(DeployedDecisionTable::key, Function.identity()));
		this.snapshot = new Snapshot(loadedGeneration, at, tables);
		return tables;
	}

	private record Snapshot(long generation, long loadedAt, Map<String, DeployedDecisionTable> tables) {

	}

}
