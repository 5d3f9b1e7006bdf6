package io.waypost.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import io.waypost.testing.TestDatabase;
import org.junit.jupiter.api.Test;

import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** What is written, and with how many statements, for every end of the transaction. */
class LedgerCommitBufferTests {

	private final PlatformTransactionManager manager = TestDatabase.migrated().transactionManager();

	private final TransactionTemplate transactions = new TransactionTemplate(this.manager);

	private final TransactionTemplate nested = template(TransactionDefinition.PROPAGATION_NESTED);

	private final TransactionTemplate independent = template(TransactionDefinition.PROPAGATION_REQUIRES_NEW);

	/** One list of entry kinds for each write. */
	private final List<List<String>> writes = new ArrayList<>();

	@Test
	void writesEverythingAtOnceWhenTheTransactionCommits() {
		this.transactions.executeWithoutResult((status) -> {
			record("a");
			record("b", "c");
			assertThat(this.writes).as("before the commit").isEmpty();
		});
		assertThat(this.writes).containsExactly(List.of("a", "b", "c"));
	}

	@Test
	void writesNothingWhenTheTransactionRollsBack() {
		this.transactions.executeWithoutResult((status) -> {
			record("a");
			status.setRollbackOnly();
		});
		this.transactions.executeWithoutResult((status) -> record("next"));
		assertThat(this.writes).containsExactly(List.of("next"));
	}

	@Test
	void dropsWhatWasRecordedSinceTheSavepoint() {
		this.transactions.executeWithoutResult((status) -> {
			record("before");
			this.nested.executeWithoutResult((inner) -> {
				record("dropped");
				this.nested.executeWithoutResult((innermost) -> record("dropped too"));
				inner.setRollbackOnly();
			});
			this.nested.executeWithoutResult((inner) -> record("kept"));
			record("after");
		});
		assertThat(this.writes).containsExactly(List.of("before", "kept", "after"));
	}

	@Test
	void dropsEverythingWhenNothingWasRecordedBeforeTheSavepoint() {
		this.transactions.executeWithoutResult((status) -> {
			this.nested.executeWithoutResult((inner) -> {
				record("dropped");
				inner.setRollbackOnly();
			});
			record("after");
		});
		assertThat(this.writes).containsExactly(List.of("after"));
	}

	@Test
	void writesNothingWhenAllWasDropped() {
		this.transactions.executeWithoutResult((status) -> this.nested.executeWithoutResult((inner) -> {
			record("dropped");
			inner.setRollbackOnly();
		}));
		assertThat(this.writes).isEmpty();
	}

	@Test
	void writesWhatOthersRecordDuringTheCommit() {
		this.transactions.executeWithoutResult((status) -> {
			record("a");
			TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

				@Override
				public void beforeCommit(boolean readOnly) {
					LedgerCommitBufferTests.this.record("late");
				}

			});
		});
		assertThat(this.writes).containsExactly(List.of("a"), List.of("late"));
	}

	@Test
	void separatesAnIndependentTransaction() {
		this.transactions.executeWithoutResult((status) -> {
			record("outer");
			this.independent.executeWithoutResult((inner) -> record("inner"));
			assertThat(this.writes).containsExactly(List.of("inner"));
			record("dropped with the outer");
			status.setRollbackOnly();
		});
		assertThat(this.writes).containsExactly(List.of("inner"));
	}

	@Test
	void continuesAfterAnIndependentTransaction() {
		this.transactions.executeWithoutResult((status) -> {
			record("outer");
			this.independent.executeWithoutResult((inner) -> {
				record("dropped");
				inner.setRollbackOnly();
			});
			record("more");
		});
		assertThat(this.writes).containsExactly(List.of("outer", "more"));
	}

	@Test
	void requiresATransaction() {
		assertThatIllegalStateException().isThrownBy(() -> record("a"));
		assertThat(TransactionSynchronizationManager.getResource(this)).isNull();
		assertThat(this.writes).isEmpty();
	}

	private void record(String... kinds) {
		LedgerCommitBuffer.current(this, (entries) -> this.writes.add(entries.stream().map(LedgerEntry::kind).toList()))
			.add(Arrays.stream(kinds)
				.map((kind) -> new LedgerEntry(TestDatabase.newTenant(), Instant.EPOCH, kind, "test:1", "system",
						Map.of()))
				.toList());
	}

	private TransactionTemplate template(int propagation) {
		TransactionTemplate template = new TransactionTemplate(this.manager);
		template.setPropagationBehavior(propagation);
		return template;
	}

}
