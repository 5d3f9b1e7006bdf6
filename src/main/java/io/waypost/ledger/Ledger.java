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
import io.waypost.kernel.TenantId;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The append-only, hash-chained record. Recording only inserts; the chain is made
 * afterwards by one sealer, so that business transactions never queue for its end.
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
		this.sealer = new ChainSealer(this.jdbc, new TransactionTemplate(transactions));
		this.snapshot = new TransactionTemplate(transactions);
		this.snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
		this.snapshot.setReadOnly(true);
	}

	/**
	 * Records entries in the caller's transaction; they are written when it commits and
	 * chained shortly afterwards.
	 * @param entries what happened, in order
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
						WITH ORDINALITY AS e(tenant_id, at, kind, subject, actor, facts, place)
					ORDER BY place
					RETURNING tenant_id, entry_id
				)
				INSERT INTO ledger.pending (tenant_id, entry_id) SELECT tenant_id, entry_id FROM written
				""")
			.param("tenants", column(entries, (entry) -> entry.tenant().value()))
			// PostgreSQL keeps microseconds: what is hashed must be what is stored
			.param("times", column(entries, (entry) -> entry.at().truncatedTo(ChronoUnit.MICROS).toString()))
			.param("kinds", column(entries, LedgerEntry::kind))
			.param("subjects", column(entries, LedgerEntry::subject))
			.param("actors", column(entries, LedgerEntry::actor))
			.param("facts", column(entries, (entry) -> CanonicalJson.of(entry.facts())))
			.update();
	}

	/**
	 * Finds what is on record about a subject, oldest first.
	 * @param tenant whose ledger
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
	 * Chains what is still waiting, then recomputes every hash of the tenant's chain.
	 * @param tenant whose ledger
	 * @return what was found
	 */
	public LedgerVerification verify(TenantId tenant) {
		this.sealer.sealAll(tenant.value());
		return Objects
			.requireNonNull(this.snapshot.execute((status) -> ChainVerifier.run(this.source, tenant.value())));
	}

	/**
	 * Checks what is on record about one subject: that each entry is the one that was
	 * chained to the entry before it. Costs no more than reading them; that no entry was
	 * taken out only {@link #verify(TenantId)} can tell.
	 * @param tenant whose ledger
	 * @param subject {@code type:id}
	 * @return whether all that are chained by now are unchanged
	 */
	public boolean verify(TenantId tenant, String subject) {
		return this.jdbc.sql("""
				SELECT link.seq, link.hash, before.hash AS previous, e.* FROM ledger.entry e
				JOIN ledger.link link ON link.tenant_id = e.tenant_id AND link.entry_id = e.entry_id
				LEFT JOIN ledger.link before ON before.tenant_id = link.tenant_id AND before.seq = link.seq - 1
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
	 * Chains what is waiting, unless another node is at it.
	 * @return how many entries were chained
	 */
	int seal() {
		return this.sealer.sealPending();
	}

	private static String[] column(List<LedgerEntry> entries, Function<LedgerEntry, String> value) {
		return entries.stream().map(value).toArray(String[]::new);
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
			throw new IllegalStateException("Ledger entry %d holds no JSON".formatted(stored.id()), ex);
		}
	}

}
