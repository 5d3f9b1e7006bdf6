package io.waypost.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.waypost.kernel.TenantId;
import io.waypost.testing.TestDatabase;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class LedgerIntegrationTests {

	private final TestDatabase database = TestDatabase.migrated();

	private final JdbcClient jdbc = this.database.client();

	private final TransactionTemplate transactions = this.database.transactions();

	private final Ledger ledger = new Ledger(this.database.dataSource(), this.database.transactionManager());

	private final TenantId tenant = TestDatabase.newTenant();

	@Test
	void findsTheEntriesOfASubject() {
		LedgerEntry accepted = entry("send.accepted", "send:1", Map.of("esp", "sandbox", "attempt", 1));
		LedgerEntry delivered = entry("send.delivered", "send:1", Map.of());
		this.ledger.record(List.of(accepted, entry("send.accepted", "send:2", Map.of()), delivered));
		assertThat(this.ledger.findBySubject(this.tenant, "send:1")).containsExactly(accepted, delivered);
		assertThat(this.ledger.findBySubject(TestDatabase.newTenant(), "send:1")).as("another tenant").isEmpty();
	}

	@Test
	void verifiesEmptyLedger() {
		assertThat(this.ledger.verify(this.tenant)).isEqualTo(new LedgerVerification(0, true, null, null));
	}

	@Test
	void chainsPendingEntriesBeforeItVerifies() {
		this.ledger.record(IntStream.range(0, 12_345).mapToObj(this::numbered).toList());
		LedgerVerification first = this.ledger.verify(this.tenant);
		assertThat(first.entries()).isEqualTo(12_345);
		assertThat(first.valid()).isTrue();
		this.ledger.record(List.of(numbered(0)));
		LedgerVerification second = this.ledger.verify(this.tenant);
		assertThat(second.entries()).isEqualTo(12_346);
		assertThat(second.head()).hasSize(64).isNotEqualTo(first.head());
	}

	@Test
	void writesAtOnceOutsideATransactionAndWithItsCommitInside() {
		this.ledger.record(List.of(numbered(1)));
		assertThat(this.ledger.findBySubject(this.tenant, "number:1")).hasSize(1);
		this.transactions.executeWithoutResult((status) -> {
			this.ledger.record(List.of(numbered(2)));
			assertThat(this.ledger.findBySubject(this.tenant, "number:2")).as("before the commit").isEmpty();
		});
		assertThat(this.ledger.findBySubject(this.tenant, "number:2")).hasSize(1);
	}

	@Test
	void discardsEntriesOfTransactionThatRolledBack() {
		this.transactions.executeWithoutResult((status) -> {
			this.ledger.record(List.of(numbered(1)));
			status.setRollbackOnly();
		});
		assertThat(this.ledger.verify(this.tenant).entries()).isZero();
	}

	@Test
	void losesNoEntryThatCommitsAfterLaterOnes() throws Exception {
		CountDownLatch recorded = new CountDownLatch(1);
		CountDownLatch sealed = new CountDownLatch(1);
		CompletableFuture<Void> slow = CompletableFuture
			.runAsync(() -> this.transactions.executeWithoutResult((status) -> {
				this.ledger.record(List.of(numbered(1)));
				recorded.countDown();
				await(sealed);
			}));
		await(recorded);
		this.ledger.record(List.of(numbered(2)));
		assertThat(this.ledger.verify(this.tenant).entries()).isEqualTo(1);
		sealed.countDown();
		slow.get(10, TimeUnit.SECONDS);
		LedgerVerification verification = this.ledger.verify(this.tenant);
		assertThat(verification.entries()).isEqualTo(2);
		assertThat(verification.valid()).isTrue();
	}

	@Test
	void chainsOnceWhenManySealAtOnce() {
		this.ledger.record(IntStream.range(0, 500).mapToObj(this::numbered).toList());
		IntStream.range(0, 8).parallel().forEach((index) -> this.ledger.seal());
		LedgerVerification verification = this.ledger.verify(this.tenant);
		assertThat(verification.entries()).isEqualTo(500);
		assertThat(verification.valid()).isTrue();
	}

	@Test
	void refusesChangesInTheDatabase() {
		this.ledger.record(List.of(numbered(1)));
		assertThat(List.of("UPDATE ledger.entry SET kind = 'x'", "DELETE FROM ledger.entry", "TRUNCATE ledger.entry",
				"UPDATE ledger.chain_link SET seq = 0", "DELETE FROM ledger.chain_link", "TRUNCATE ledger.chain_link"))
			.allSatisfy((change) -> assertThatExceptionOfType(DataIntegrityViolationException.class)
				.isThrownBy(() -> this.jdbc.sql(change).update())
				.havingRootCause()
				.withMessageContaining("append-only"));
	}

	private LedgerEntry numbered(int number) {
		return entry("test.numbered", "number:" + number, Map.of("number", number, "half", number / 2.0));
	}

	private LedgerEntry entry(String kind, String subject, Map<String, Object> facts) {
		return new LedgerEntry(this.tenant, Instant.parse("2026-11-21T10:00:00.123456Z"), kind, subject, "system",
				facts);
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
