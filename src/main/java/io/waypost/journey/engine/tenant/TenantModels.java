package io.waypost.journey.engine.tenant;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Knows which models a tenant has deployed itself; of all others it uses the shared ones.
 * Reads the database at most once a second, and at once after a deployment on this node.
 */
@Component
public class TenantModels {

	private static final long INTERVAL = Duration.ofSeconds(1).toNanos();

	private final ObjectProvider<JdbcClient> jdbc;

	private final AtomicLong generation = new AtomicLong();

	private volatile Snapshot snapshot = new Snapshot(-1, 0, Set.of());

	TenantModels(ObjectProvider<JdbcClient> jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Whether a tenant has deployed a model of its own.
	 * @param kind its kind
	 * @param tenant id of the tenant
	 * @param key key of the model
	 * @return false when the tenant uses the shared model, or there is none
	 */
	public boolean owns(ModelKind kind, String tenant, String key) {
		return own().contains(new OwnModel(kind, tenant, key));
	}

	/**
	 * Makes the next question read the database. Inside a transaction this takes effect
	 * when it ends.
	 */
	public void refresh() {
		if (!TransactionSynchronizationManager.isSynchronizationActive()) {
			this.generation.incrementAndGet();
			return;
		}
		TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

			@Override
			public void afterCompletion(int status) {
				TenantModels.this.generation.incrementAndGet();
			}

		});
	}

	private Set<OwnModel> own() {
		Snapshot known = this.snapshot;
		long now = System.nanoTime();
		long currentGeneration = this.generation.get();
		if (known.generation() == currentGeneration && now - known.loadedAt() < INTERVAL) {
			return known.models();
		}
		Snapshot loaded = new Snapshot(currentGeneration, now, load());
		this.snapshot = loaded;
		return loaded.models();
	}

	/** Reads by SQL, because the engine repeats a query from the cache of its command. */
	private Set<OwnModel> load() {
		return new HashSet<>(this.jdbc.getObject()
			.sql("""
					SELECT 'PROCESS' AS kind, tenant_id_, key_ FROM act_re_procdef WHERE tenant_id_ IS NOT NULL
					UNION SELECT 'DECISION', tenant_id_, key_ FROM act_re_decision_def WHERE tenant_id_ IS NOT NULL
					UNION SELECT 'DECISION_REQUIREMENTS', tenant_id_, key_ FROM act_re_decision_req_def
						WHERE tenant_id_ IS NOT NULL
					""")
			.query((row, number) -> new OwnModel(ModelKind.valueOf(row.getString("kind")), row.getString("tenant_id_"),
					row.getString("key_")))
			.list());
	}

	private record OwnModel(ModelKind kind, String tenant, String key) {

	}

	private record Snapshot(long generation, long loadedAt, Set<OwnModel> models) {

	}

}
