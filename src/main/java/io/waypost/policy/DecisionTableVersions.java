package io.waypost.policy;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * Caches the newest version of each table of each tenant, and of each shared table. Reads
 * the database again when the cached versions are older than the interval, and at once
 * after {@link #invalidate()}.
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

	/** Finds the tenant's own table, else the shared one. */
	DeployedDecisionTable require(TenantId tenant, String key) {
		Map<OwnedKey, DeployedDecisionTable> tables = newest();
		DeployedDecisionTable own = tables.get(new OwnedKey(tenant.value(), key));
		DeployedDecisionTable table = (own != null) ? own : tables.get(new OwnedKey(null, key));
		if (table == null) {
			throw new IllegalArgumentException("No decision table '%s' is deployed; deployed are %s".formatted(key,
					tables.keySet()
						.stream()
						.filter((owned) -> owned.tenant() == null || owned.tenant().equals(tenant.value()))
						.map(OwnedKey::key)
						.distinct()
						.sorted()
						.toList()));
		}
		return table;
	}

	void invalidate() {
		this.generation.incrementAndGet();
	}

	private Map<OwnedKey, DeployedDecisionTable> newest() {
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
	private Map<OwnedKey, DeployedDecisionTable> load() {
		long loadedGeneration = this.generation.get();
		long at = this.nanos.getAsLong();
		Map<OwnedKey, DeployedDecisionTable> tables = this.source.newest()
			.stream()
			.collect(Collectors.toUnmodifiableMap((table) -> new OwnedKey(table.tenant(), table.key()),
					Function.identity()));
		this.snapshot = new Snapshot(loadedGeneration, at, tables);
		return tables;
	}

	/** A table of a tenant, or a shared one without a tenant. */
	private record OwnedKey(@Nullable String tenant, String key) {

	}

	private record Snapshot(long generation, long loadedAt, Map<OwnedKey, DeployedDecisionTable> tables) {

	}

}
