package io.waypost.database;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.waypost.testing.TestDatabase;
import org.junit.jupiter.api.Test;

import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class AdvisoryLocksIntegrationTests {

	private final TestDatabase database = TestDatabase.migrated();

	private final TransactionTemplate transactions = this.database.transactions();

	private final AdvisoryLocks locks = new AdvisoryLocks(this.database.client());

	private final String subject = TestDatabase.newTenant().value();

	@Test
	void keepsALockUntilTheTransactionEnds() {
		this.transactions.executeWithoutResult((status) -> {
			this.locks.lock(AdvisoryLock.SEGMENT_VERSION, this.subject, "vip");
			assertThat(isFree(this.subject, "vip")).isFalse();
			assertThat(isFree(this.subject, "new")).isTrue();
		});
		assertThat(isFree(this.subject, "vip")).isTrue();
	}

	@Test
	void sharesALock() throws Exception {
		this.transactions.executeWithoutResult((status) -> {
			this.locks.lockShared(AdvisoryLock.SEGMENT_VERSION, this.subject);
			CompletableFuture
				.runAsync(() -> this.transactions
					.executeWithoutResult((other) -> this.locks.lockShared(AdvisoryLock.SEGMENT_VERSION, this.subject)))
				.orTimeout(10, TimeUnit.SECONDS)
				.join();
			assertThat(isFree(this.subject)).isFalse();
		});
	}

	@Test
	void checksTheOrderOfLocksThatAStatementOfTheCallerTakes() {
		assertThatIllegalStateException().isThrownBy(() -> this.locks.checkOrder(AdvisoryLock.ADDRESS));
		this.transactions.executeWithoutResult((status) -> {
			this.locks.checkOrder(AdvisoryLock.ADDRESS);
			assertThatExceptionOfType(AssertionError.class)
				.isThrownBy(() -> this.locks.lock(AdvisoryLock.SEGMENT_VERSION, this.subject))
				.withMessageContaining("SEGMENT_VERSION");
		});
	}

	@Test
	void takesManyLocksOfOneKind() {
		this.transactions.executeWithoutResult((status) -> {
			this.locks.lockAll(AdvisoryLock.SEGMENT_VERSION,
					List.of(AdvisoryLock.SEGMENT_VERSION.key(this.subject, "b"),
							AdvisoryLock.SEGMENT_VERSION.key(this.subject, "a"),
							AdvisoryLock.SEGMENT_VERSION.key(this.subject, "b")));
			assertThat(isFree(this.subject, "a")).isFalse();
			assertThat(isFree(this.subject, "b")).isFalse();
		});
	}

	@Test
	void needsATransaction() {
		assertThatIllegalStateException().isThrownBy(() -> this.locks.lock(AdvisoryLock.ADDRESS, this.subject))
			.withMessageContaining("ADDRESS");
		assertThatIllegalStateException().isThrownBy(() -> this.locks.tryLock(AdvisoryLock.ADDRESS, this.subject));
	}

	@Test
	void failsWhenATransactionWaitsOutOfOrder() {
		this.transactions.executeWithoutResult((status) -> {
			this.locks.lock(AdvisoryLock.ADDRESS, this.subject);
			assertThatExceptionOfType(AssertionError.class)
				.isThrownBy(() -> this.locks.lock(AdvisoryLock.USER_IDENTITY, this.subject))
				.withMessageContaining("USER_IDENTITY");
		});
		this.transactions.executeWithoutResult((status) -> this.locks.lock(AdvisoryLock.USER_IDENTITY, this.subject));
	}

	/** An independent transaction holds no lock of the suspended one. */
	@Test
	void checksTheOrderOfEachTransaction() {
		TransactionTemplate independent = this.database.transactions();
		independent.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
		this.transactions.executeWithoutResult((status) -> {
			this.locks.lock(AdvisoryLock.ADDRESS, this.subject);
			independent.executeWithoutResult((inner) -> this.locks.lock(AdvisoryLock.USER_IDENTITY, this.subject));
			this.locks.lock(AdvisoryLock.LEDGER_CHAIN, this.subject);
		});
	}

	private boolean isFree(Object... subject) {
		return CompletableFuture.supplyAsync(
				() -> this.transactions.execute((status) -> this.locks.tryLock(AdvisoryLock.SEGMENT_VERSION, subject)))
			.join();
	}

}
