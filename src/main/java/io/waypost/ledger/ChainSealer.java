package io.waypost.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

import io.waypost.database.AdvisoryLock;
import io.waypost.database.AdvisoryLocks;
import io.waypost.database.SqlArray;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Appends recorded entries to the hash chains, one transaction per batch. Only this class
 * takes {@link AdvisoryLock#LEDGER_CHAIN}; business transactions never wait for it.
 */
final class ChainSealer {

	private static final int BATCH = 5_000;

	private final JdbcClient jdbc;

	private final AdvisoryLocks locks;

	private final TransactionTemplate transactions;

	ChainSealer(JdbcClient jdbc, AdvisoryLocks locks, TransactionTemplate transactions) {
		this.jdbc = jdbc;
		this.locks = locks;
		this.transactions = transactions;
	}

	/**
	 * Chains all pending entries, unless another node is doing so.
	 * @return how many entries were chained
	 */
	int sealPending() {
		int sealed = 0;
		for (String tenant : this.jdbc.sql("SELECT DISTINCT tenant_id FROM ledger.pending")
			.query(String.class)
			.list()) {
			int batch;
			do {
				batch = inTransaction(() -> this.locks.tryLock(AdvisoryLock.LEDGER_CHAIN) ? sealBatch(tenant) : 0);
				sealed += batch;
			}
			while (batch == BATCH);
		}
		return sealed;
	}

	/** Chains all pending entries of a tenant, after other sealers have finished. */
	void sealAll(String tenant) {
		int batch;
		do {
			batch = inTransaction(() -> {
				this.locks.lock(AdvisoryLock.LEDGER_CHAIN);
				return sealBatch(tenant);
			});
		}
		while (batch == BATCH);
	}

	private int inTransaction(Supplier<Integer> work) {
		return Objects.requireNonNull(this.transactions.execute((status) -> work.get()));
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
		return this.jdbc.sql("SELECT seq, hash FROM ledger.chain_head WHERE tenant_id = ?")
			.param(tenant)
			.query((row, number) -> new ChainLink(row.getLong("seq"), row.getBytes("hash")))
			.optional()
			.orElse(ChainLink.NONE);
	}

	/** One statement for all four tables, so that they always agree. */
	private void store(String tenant, List<StoredLedgerEntry> entries, List<ChainLink> links) {
		ChainLink head = links.getLast();
		this.jdbc.sql("""
				WITH sealed AS (
					SELECT * FROM unnest(:ids::bigint[], :seqs::bigint[], :hashes::bytea[]) AS s(entry_id, seq, hash)
				), linked AS (
					INSERT INTO ledger.chain_link (tenant_id, seq, entry_id, hash)
					SELECT :tenant, seq, entry_id, hash FROM sealed
				), done AS (
					DELETE FROM ledger.pending p USING sealed s
					WHERE p.tenant_id = :tenant AND p.entry_id = s.entry_id
				)
				INSERT INTO ledger.chain_head (tenant_id, seq, hash) VALUES (:tenant, :seq, :hash)
				ON CONFLICT (tenant_id) DO UPDATE SET seq = excluded.seq, hash = excluded.hash
				""")
			.param("ids", SqlArray.longs(entries, StoredLedgerEntry::id))
			.param("seqs", SqlArray.longs(links, ChainLink::seq))
			.param("hashes", SqlArray.bytes(links, ChainLink::hash))
			.param("tenant", tenant)
			.param("seq", head.seq())
			.param("hash", head.hash())
			.update();
	}

}
