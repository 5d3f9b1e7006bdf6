package io.waypost.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

import javax.sql.DataSource;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.database.AdvisoryLocks;
import io.waypost.database.SqlArray;
import io.waypost.kernel.TenantId;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The append-only, hash-chained audit log. Recording only inserts rows. A background job
 * chains the entries afterwards, so that business transactions never wait for each other.
 */
@Component
public class Ledger {

	private static final ObjectMapper JSON = new ObjectMapper();

	private final DataSource source;

	private final JdbcClient jdbc;

	private final ChainSealer sealer;

	private final TransactionTemplate snapshot;

	public Ledger(DataSource source, PlatformTransactionManager transactions) {
		this.source = source;
		this.jdbc = JdbcClient.create(source);
		this.sealer = new ChainSealer(this.jdbc, new AdvisoryLocks(this.jdbc), new TransactionTemplate(transactions));
		this.snapshot = new TransactionTemplate(transactions);
		this.snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
		this.snapshot.setReadOnly(true);
	}

	/**
	 * Records entries in the caller's transaction. They are written when it commits and
	 * chained shortly afterwards. Without a transaction they are written at once.
	 * @param entries in the order in which they happened
	 */
	public void record(List<LedgerEntry> entries) {
		if (entries.isEmpty()) {
			return;
		}
		if (TransactionSynchronizationManager.isActualTransactionActive()) {
			LedgerCommitBuffer.current(this, this::write).add(entries);
		}
		else {
			write(entries);
		}
	}

	private void write(List<LedgerEntry> entries) {
		this.jdbc.sql("""
				WITH written AS (
					INSERT INTO ledger.entry (tenant_id, at, kind, subject, actor, facts)
					SELECT tenant_id, at, kind, subject, actor, facts
					FROM unnest(:tenants::text[], :times::timestamptz[], :kinds::text[], :subjects::text[],
							:actors::text[], :facts::text[])
						WITH ORDINALITY AS e(tenant_id, at, kind, subject, actor, facts, position)
					ORDER BY position
					RETURNING tenant_id, entry_id
				)
				INSERT INTO ledger.pending (tenant_id, entry_id) SELECT tenant_id, entry_id FROM written
				""")
			.param("tenants", SqlArray.texts(entries, (entry) -> entry.tenant().value()))
			// PostgreSQL stores microseconds, and the hash must cover what is stored
			.param("times", SqlArray.times(entries, (entry) -> entry.at().truncatedTo(ChronoUnit.MICROS)))
			.param("kinds", SqlArray.texts(entries, LedgerEntry::kind))
			.param("subjects", SqlArray.texts(entries, LedgerEntry::subject))
			.param("actors", SqlArray.texts(entries, LedgerEntry::actor))
			.param("facts", SqlArray.texts(entries, (entry) -> CanonicalJson.of(entry.facts())))
			.update();
	}

	/**
	 * Finds the entries of a subject, oldest first.
	 * @param tenant owner of the ledger
	 * @param subject {@code type:id}
	 * @return the entries
	 */
	public List<LedgerEntry> findBySubject(TenantId tenant, String subject) {
		return this.jdbc.sql("SELECT * FROM ledger.entry WHERE tenant_id = ? AND subject = ? ORDER BY entry_id")
			.params(tenant.value(), subject)
			.query((row, number) -> entry(StoredLedgerEntry.read(row)))
			.list();
	}

	/**
	 * Chains all pending entries, then computes every hash of the tenant's chain again.
	 * @param tenant owner of the ledger
	 * @return the result
	 */
	public LedgerVerification verify(TenantId tenant) {
		this.sealer.sealAll(tenant.value());
		return Objects
			.requireNonNull(this.snapshot.execute((status) -> ChainVerifier.run(this.source, tenant.value())));
	}

	/**
	 * Verifies the entries of one subject: that each is the one that was chained to the
	 * entry before it. Costs no more than reading them. Only {@link #verify(TenantId)}
	 * detects that an entry was deleted.
	 * @param tenant owner of the ledger
	 * @param subject {@code type:id}
	 * @return whether all entries that are chained already are unchanged
	 */
	public boolean verify(TenantId tenant, String subject) {
		return this.jdbc.sql("""
				SELECT link.seq, link.hash, before.hash AS previous, e.* FROM ledger.entry e
				JOIN ledger.chain_link link ON link.tenant_id = e.tenant_id AND link.entry_id = e.entry_id
				LEFT JOIN ledger.chain_link before ON before.tenant_id = link.tenant_id AND before.seq = link.seq - 1
				WHERE e.tenant_id = ? AND e.subject = ?
				""")
			.params(tenant.value(), subject)
			.query((row, number) -> isChained(row))
			.list()
			.stream()
			.allMatch(Boolean::booleanValue);
	}

	private static boolean isChained(ResultSet row) throws SQLException {
		long seq = row.getLong("seq");
		byte[] previous = row.getBytes("previous");
		if (previous == null && seq > 1) {
			return false;
		}
		ChainLink before = (previous != null) ? new ChainLink(seq - 1, previous) : ChainLink.NONE;
		return before.append(StoredLedgerEntry.read(row)).matches(Objects.requireNonNull(row.getBytes("hash")));
	}

	/**
	 * Chains pending entries, unless another node is doing so.
	 * @return how many entries were chained
	 */
	int seal() {
		return this.sealer.sealPending();
	}

	private static LedgerEntry entry(StoredLedgerEntry stored) {
		return new LedgerEntry(new TenantId(stored.tenant()), stored.at(), stored.kind(), stored.subject(),
				stored.actor(), facts(stored));
	}

	private static Map<String, Object> facts(StoredLedgerEntry stored) {
		try {
			return JSON.readValue(stored.facts(), new TypeReference<>() {
			});
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException("The facts of ledger entry %d are not JSON".formatted(stored.id()), ex);
		}
	}

}
