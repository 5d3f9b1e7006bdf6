package io.waypost.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import io.waypost.kernel.TenantId;
import io.waypost.testing.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/** Detects changes that a database superuser makes to recorded entries. */
class LedgerTamperingIntegrationTests {

	private static final int ENTRIES = 40;

	private final TestDatabase database = TestDatabase.migrated();

	private final JdbcClient jdbc = this.database.client();

	private final TransactionTemplate transactions = this.database.transactions();

	private final Ledger ledger = new Ledger(this.database.dataSource(), this.database.transactionManager());

	private final TenantId tenant = TestDatabase.newTenant();

	@BeforeEach
	void recordSome() {
		this.ledger.record(IntStream.range(0, ENTRIES)
			.mapToObj((number) -> new LedgerEntry(this.tenant, Instant.parse("2026-11-21T10:00:00Z"), "send.accepted",
					"send:" + number, "system", Map.of("number", number)))
			.toList());
		assertThat(this.ledger.verify(this.tenant).valid()).isTrue();
	}

	@Test
	void detects1000RandomChanges() {
		Random random = new Random(20261121);
		for (int attempt = 0; attempt < 1_000; attempt++) {
			String change = randomChange(random);
			assertThat(verifiedAfter(change).valid()).as("attempt %d: %s", attempt, change).isFalse();
		}
		assertThat(this.ledger.verify(this.tenant).valid()).as("after every change was rolled back").isTrue();
	}

	@Test
	void reportsThePositionAtWhichTheChainBreaks() {
		LedgerVerification verification = verifiedAfter(
				"UPDATE ledger.entry SET actor = 'user:mallory' WHERE " + entryAt(17));
		assertThat(verification.firstBroken()).isEqualTo(17);
		assertThat(verification.entries()).isEqualTo(ENTRIES);
	}

	@ParameterizedTest
	@ValueSource(strings = { "DELETE FROM ledger.entry WHERE tenant_id = '%1$s'",
			"DELETE FROM ledger.chain_link WHERE tenant_id = '%1$s' AND seq > 30", """
					WITH cut AS (DELETE FROM ledger.chain_link WHERE tenant_id = '%1$s' AND seq > 30 RETURNING entry_id)
					DELETE FROM ledger.entry WHERE tenant_id = '%1$s' AND entry_id IN (SELECT entry_id FROM cut)
					""", "TRUNCATE ledger.entry, ledger.chain_link", """
					INSERT INTO ledger.entry (tenant_id, at, kind, subject, actor, facts)
					VALUES ('%1$s', now(), 'review.approved', 'send:1', 'user:mallory', '{}')
					""" })
	void detectsDeletedAndInsertedEntries(String change) {
		assertThat(verifiedAfter(change.formatted(this.tenant)).valid()).isFalse();
	}

	@Test
	void detectsChangedEntriesOfOneSubject() {
		this.transactions.executeWithoutResult((status) -> {
			status.setRollbackOnly();
			this.jdbc.sql("SET LOCAL session_replication_role = replica").update();
			this.jdbc.sql("UPDATE ledger.entry SET actor = 'user:mallory' WHERE " + entryAt(8)).update();
			assertThat(this.ledger.verify(this.tenant, "send:7")).isFalse();
			assertThat(this.ledger.verify(this.tenant, "send:8")).isTrue();
			assertThat(this.ledger.verify(this.tenant, "send:0")).as("the first of the chain").isTrue();
			assertThat(this.ledger.verify(this.tenant, "send:none")).isTrue();
		});
	}

	private String randomChange(Random random) {
		int position = 1 + random.nextInt(ENTRIES);
		int other = 1 + (position + random.nextInt(ENTRIES - 1)) % ENTRIES;
		List<Supplier<String>> changes = List.of(
				() -> "UPDATE ledger.entry SET facts = '{\"number\":%d}' WHERE %s"
					.formatted(1_000 + random.nextInt(1_000), entryAt(position)),
				() -> "UPDATE ledger.entry SET at = at + interval '%d us' WHERE %s".formatted(1 + random.nextInt(1_000),
						entryAt(position)),
				() -> "UPDATE ledger.entry SET subject = subject || '%d' WHERE %s".formatted(random.nextInt(10),
						entryAt(position)),
				() -> "UPDATE ledger.entry SET kind = 'send.bounced' WHERE " + entryAt(position),
				() -> "DELETE FROM ledger.entry WHERE " + entryAt(position),
				() -> "DELETE FROM ledger.chain_link WHERE tenant_id = '%s' AND seq = %d".formatted(this.tenant,
						position),
				() -> "UPDATE ledger.chain_link SET hash = set_byte(hash, %1$d, get_byte(hash, %1$d) # %2$d) WHERE %3$s"
					.formatted(random.nextInt(32), 1 + random.nextInt(255), linkAt(position)),
				() -> swap(position, other));
		return changes.get(random.nextInt(changes.size())).get();
	}

	private String swap(int position, int other) {
		return """
				UPDATE ledger.entry e SET subject = o.subject, facts = o.facts FROM ledger.entry o
				WHERE e.tenant_id = '%1$s' AND o.tenant_id = '%1$s'
					AND ((%2$s AND %3$s) OR (%4$s AND %5$s))
				""".formatted(this.tenant, numbered("e", position), numbered("o", other), numbered("e", other),
				numbered("o", position));
	}

	private static String numbered(String alias, int position) {
		return "%s.subject = 'send:%d'".formatted(alias, position - 1);
	}

	private String entryAt(int position) {
		return "tenant_id = '%s' AND subject = 'send:%d'".formatted(this.tenant, position - 1);
	}

	private String linkAt(int position) {
		return "tenant_id = '%s' AND seq = %d".formatted(this.tenant, position);
	}

	/** Applies the change, verifies the chain and rolls back. */
	private LedgerVerification verifiedAfter(String change) {
		return this.transactions.execute((status) -> {
			status.setRollbackOnly();
			this.jdbc.sql("SET LOCAL session_replication_role = replica").update();
			assertThat(this.jdbc.sql(change).update() + (change.startsWith("TRUNCATE") ? 1 : 0)).as(change)
				.isPositive();
			return ChainVerifier.run(this.database.dataSource(), this.tenant.value());
		});
	}

}
