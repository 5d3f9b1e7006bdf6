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

/** Walks a chain from its first link to its head and recomputes every hash. */
final class ChainVerifier implements RowCallbackHandler {

	private static final int FETCH = 5_000;

	private ChainLink last = ChainLink.NONE;

	private @Nullable Long firstBroken;

	private ChainVerifier() {
	}

	/**
	 * Checks a tenant's chain as the running transaction sees it.
	 * @param source used within a transaction, so that rows are streamed
	 */
	static LedgerVerification run(DataSource source, String tenant) {
		JdbcTemplate rows = new JdbcTemplate(source);
		JdbcClient jdbc = JdbcClient.create(rows);
		ChainVerifier check = new ChainVerifier();
		rows.setFetchSize(FETCH);
		rows.query("""
				SELECT l.seq, l.hash, e.* FROM ledger.link l LEFT JOIN ledger.entry e USING (tenant_id, entry_id)
				WHERE l.tenant_id = ? ORDER BY l.seq
				""", check, tenant);
		check.compareWithHead(jdbc, tenant);
		check.lookForStrays(jdbc, tenant);
		String head = (check.last.seq() == 0) ? null : HexFormat.of().formatHex(check.last.hash());
		return new LedgerVerification(check.last.seq(), check.firstBroken == null, head, check.firstBroken);
	}

	@Override
	public void processRow(ResultSet row) throws SQLException {
		boolean present = row.getString("subject") != null;
		ChainLink expected = present ? this.last.append(StoredLedgerEntry.read(row)) : this.last;
		byte[] stored = Objects.requireNonNull(row.getBytes("hash"));
		if (!present || row.getLong("seq") != this.last.seq() + 1 || !expected.matches(stored)) {
			broken(this.last.seq() + 1);
		}
		// Goes on from what is stored: one broken link is reported once
		this.last = new ChainLink(this.last.seq() + 1, stored);
	}

	/** A tail that was cut off leaves a chain that is valid but too short. */
	private void compareWithHead(JdbcClient jdbc, String tenant) {
		ChainLink head = jdbc.sql("SELECT seq, hash FROM ledger.head WHERE tenant_id = ?")
			.param(tenant)
			.query((row, number) -> new ChainLink(row.getLong("seq"), row.getBytes("hash")))
			.optional()
			.orElse(ChainLink.NONE);
		if (head.seq() != this.last.seq() || !head.matches(this.last.hash())) {
			broken(Math.min(head.seq(), this.last.seq()) + 1);
		}
	}

	/** Entries that are neither chained nor waiting, and waiting ones that are gone. */
	private void lookForStrays(JdbcClient jdbc, String tenant) {
		long strays = jdbc.sql("""
				SELECT (SELECT count(*) FROM ledger.entry WHERE tenant_id = :tenant)
					- (SELECT count(*) FROM ledger.link WHERE tenant_id = :tenant)
					- (SELECT count(*) FROM ledger.pending WHERE tenant_id = :tenant)
				""").param("tenant", tenant).query(Long.class).single();
		if (strays != 0) {
			broken(this.last.seq() + 1);
		}
	}

	private void broken(long seq) {
		if (this.firstBroken == null) {
			this.firstBroken = seq;
		}
	}

}
