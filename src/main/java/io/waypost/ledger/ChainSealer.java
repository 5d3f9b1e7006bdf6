package io.waypost.ledger;

import java.util.ArrayList;
import java.util.List;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Chains entries that were recorded. One at a time, in one transaction per batch: the
 * lock belongs to the sealer alone, no business transaction takes it.
 */
final class ChainSealer {

	/** Lock number of the sealer among all advisory locks of the database. */
	private static final long LOCK = 0x6c65_6467_6572L;

	private static final int BATCH = 5_000;

	private final JdbcClient jdbc;

	private final TransactionTemplate transactions;

	ChainSealer(JdbcClient jdbc, TransactionTemplate transactions) {
		this.jdbc = jdbc;
		this.transactions = transactions;
	}

	/**
	 * Chains whatever waits, unless another node is at it.
	 * @return how many entries were chained
	 */
	int sealPending() {
		int sealed = 0;
		for (String tenant : this.jdbc.sql("SELECT DISTINCT tenant_id FROM ledger.pending")
			.query(String.class)
			.list()) {
			int batch;
			do {
				batch = Math.toIntExact(inTransaction("SELECT pg_try_advisory_xact_lock(?)", tenant));
				sealed += batch;
			}
			while (batch == BATCH);
		}
		return sealed;
	}

	/** Chains all that waits for a tenant, after any other sealer has finished. */
	void sealAll(String tenant) {
		long batch;
		do {
			batch = inTransaction("SELECT pg_advisory_xact_lock(?) IS NOT NULL", tenant);
		}
		while (batch == BATCH);
	}

	private long inTransaction(String lock, String tenant) {
		Integer sealed = this.transactions.execute((status) -> {
			boolean locked = this.jdbc.sql(lock).param(LOCK).query(Boolean.class).single();
			return locked ? sealBatch(tenant) : 0;
		});
		return (sealed != null) ? sealed : 0;
	}

	private int sealBatch(String tenant) {
		List<StoredLedgerEntry> entries = this.jdbc.sql("""
				SELECT e.* FROM ledger.pending p JOIN ledger.entry e USING (tenant_id, entry_id)
				WHERE p.tenant_id = ? ORDER BY e.entry_id LIMIT ?
				""").params(tenant, BATCH).query((row, number) -> StoredLedgerEntry.read(row)).list();
		if (entries.isEmpty()) {
			return 0;
		}
		List<ChainLink> links = new ArrayList<>(entries.size());
		ChainLink head = head(tenant);
		for (StoredLedgerEntry entry : entries) {
			head = head.append(entry);
			links.add(head);
		}
		store(tenant, entries, links);
		return entries.size();
	}

	private ChainLink head(String tenant) {
		return this.jdbc.sql("SELECT seq, hash FROM ledger.head WHERE tenant_id = ?")
			.param(tenant)
			.query((row, number) -> new ChainLink(row.getLong("seq"), row.getBytes("hash")))
			.optional()
			.orElse(ChainLink.NONE);
	}

	/** One statement for all four tables: they agree or nothing has happened. */
	private void store(String tenant, List<StoredLedgerEntry> entries, List<ChainLink> links) {
		ChainLink head = links.getLast();
		this.jdbc.sql("""
				WITH sealed AS (
					SELECT * FROM unnest(:ids::bigint[], :seqs::bigint[], :hashes::bytea[]) AS s(entry_id, seq, hash)
				), linked AS (
					INSERT INTO ledger.link (tenant_id, seq, entry_id, hash)
					SELECT :tenant, seq, entry_id, hash FROM sealed
				), done AS (
					DELETE FROM ledger.pending p USING sealed s
					WHERE p.tenant_id = :tenant AND p.entry_id = s.entry_id
				)
				INSERT INTO ledger.head (tenant_id, seq, hash) VALUES (:tenant, :seq, :hash)
				ON CONFLICT (tenant_id) DO UPDATE SET seq = excluded.seq, hash = excluded.hash
				""")
			.param("ids", entries.stream().map(StoredLedgerEntry::id).toArray(Long[]::new))
			.param("seqs", links.stream().map(ChainLink::seq).toArray(Long[]::new))
			.param("hashes", links.stream().map(ChainLink::hash).toArray(byte[][]::new))
			.param("tenant", tenant)
			.param("seq", head.seq())
			.param("hash", head.hash())
			.update();
	}

}
