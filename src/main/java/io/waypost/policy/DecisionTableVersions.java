package io.waypost.policy;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Knows the newest version of each table without asking the database each time: asks
 * again when the answer is older than the interval, and at once after
 * {@link #invalidate()}.
 */
final class DecisionTableVersions {

	private final DecisionTableSource source;

	private final long interval;

	private final LongSupplier nanos;

	private final AtomicLong generation = new AtomicLong();

	private final AtomicBoolean asking = new AtomicBoolean();

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
			return ask();
		}
		if (this.nanos.getAsLong() - known.askedAt() < this.interval || !this.asking.compareAndSet(false, true)) {
			return known.tables();
		}
		try {
			return ask();
		}
		finally {
			this.asking.set(false);
		}
	}

	/**
	 * Nobody waits for somebody else's query here: a waiting thread may hold the
	 * connection that the query needs. After an invalidation a few threads ask twice.
	 */
	private Map<String, DeployedDecisionTable> ask() {
		long asked = this.generation.get();
		long at = this.nanos.getAsLong();
		Map<String, DeployedDecisionTable> tables = this.source.newest()
			.stream()
			.collect(Collectors.toUnmodifiableMap(DeployedDecisionTable::key, Function.identity()));
		this.snapshot = new Snapshot(asked, at, tables);
		return tables;
	}

	private record Snapshot(long generation, long askedAt, Map<String, DeployedDecisionTable> tables) {

	}

}
