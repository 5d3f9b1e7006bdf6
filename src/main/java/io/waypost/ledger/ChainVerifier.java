package io.waypost.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Objects;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Verifies the hash chain of a tenant: reads it from the first link to the head and
 * computes every hash again.
 */
final class ChainVerifier implements RowCallbackHandler {

	private static final int FETCH = 5_000;

	private ChainLink last = ChainLink.NONE;

	private @Nullable Long firstBroken;

	private ChainVerifier() {
	}

	/**
	 * Verifies a tenant's chain as the current transaction sees it.
	 * @param source used within a transaction, so that rows are streamed
	 */
	static LedgerVerification run(DataSource source, String tenant) {
		JdbcTemplate rows = new JdbcTemplate(source);
		JdbcClient jdbc = JdbcClient.create(rows);
		ChainVerifier verifier = new ChainVerifier();
		rows.setFetchSize(FETCH);
		rows.query("""
				SELECT l.seq, l.hash, e.* FROM ledger.chain_link l LEFT JOIN ledger.entry e USING (tenant_id, entry_id)
				WHERE l.tenant_id = ? ORDER BY l.seq
				""", verifier, tenant);
		verifier.compareWithHead(jdbc, tenant);
		verifier.compareCounts(jdbc, tenant);
		String head = (verifier.last.seq() == 0) ? null : HexFormat.of().formatHex(verifier.last.hash());
		return new LedgerVerification(verifier.last.seq(), verifier.firstBroken == null, head, verifier.firstBroken);
	}

	@Override
	public void processRow(ResultSet row) throws SQLException {
		boolean present = row.getString("subject") != null;
		ChainLink expected = present ? this.last.append(StoredLedgerEntry.read(row)) : this.last;
		byte[] stored = Objects.requireNonNull(row.getBytes("hash"));
		if (!present || row.getLong("seq") != this.last.seq() + 1 || !expected.matches(stored)) {
			markBroken(this.last.seq() + 1);
		}
		// Continues from the stored hash, so that one broken link is reported once
		this.last = new ChainLink(this.last.seq() + 1, stored);
	}

	/** Detects a truncated chain: it is valid but shorter than its head. */
	private void compareWithHead(JdbcClient jdbc, String tenant) {
		ChainLink head = jdbc.sql("SELECT seq, hash FROM ledger.chain_head WHERE tenant_id = ?")
			.param(tenant)
			.query((row, number) -> new ChainLink(row.getLong("seq"), row.getBytes("hash")))
			.optional()
			.orElse(ChainLink.NONE);
		if (head.seq() != this.last.seq() || !head.matches(this.last.hash())) {
			markBroken(Math.min(head.seq(), this.last.seq()) + 1);
		}
	}

	/**
	 * Counts entries that are neither chained nor pending, and pending entries that were
	 * deleted.
	 */
	private void compareCounts(JdbcClient jdbc, String tenant) {
		long difference = jdbc.sql("""
				SELECT (SELECT count(*) FROM ledger.entry WHERE tenant_id = :tenant)
					- (SELECT count(*) FROM ledger.chain_link WHERE tenant_id = :tenant)
					- (SELECT count(*) FROM ledger.pending WHERE tenant_id = :tenant)
				""").param("tenant", tenant).query(Long.class).single();
		if (difference != 0) {
			markBroken(this.last.seq() + 1);
		}
	}

	private void markBroken(long seq) {
		if (this.firstBroken == null) {
			this.firstBroken = seq;
		}
	}

}
