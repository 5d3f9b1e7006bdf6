package io.waypost.ledger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * What one transaction records, written with one statement just before it commits. What
 * was recorded behind a savepoint goes when the transaction goes back to it.
 */
final class LedgerCommitBuffer implements TransactionSynchronization {

	private final Object owner;

	private final Consumer<List<LedgerEntry>> writer;

	private final List<LedgerEntry> entries = new ArrayList<>();

	private final Map<Object, Integer> savepoints = new HashMap<>();

	private boolean written;

	private LedgerCommitBuffer(Object owner, Consumer<List<LedgerEntry>> writer) {
		this.owner = owner;
		this.writer = writer;
	}

	/**
	 * The buffer of the running transaction.
	 * @throws IllegalStateException when there is no transaction
	 */
	static LedgerCommitBuffer current(Object owner, Consumer<List<LedgerEntry>> writer) {
		Object bound = TransactionSynchronizationManager.getResource(owner);
		return (bound != null) ? (LedgerCommitBuffer) bound : begin(owner, writer);
	}

	private static LedgerCommitBuffer begin(Object owner, Consumer<List<LedgerEntry>> writer) {
		LedgerCommitBuffer buffer = new LedgerCommitBuffer(owner, writer);
		TransactionSynchronizationManager.registerSynchronization(buffer);
		TransactionSynchronizationManager.bindResource(owner, buffer);
		return buffer;
	}

	/** Others may record on the way to the commit, after this buffer was written. */
	void add(List<LedgerEntry> more) {
		if (this.written) {
			this.writer.accept(more);
		}
		else {
			this.entries.addAll(more);
		}
	}

	@Override
	public void beforeCommit(boolean readOnly) {
		this.written = true;
		if (!this.entries.isEmpty()) {
			this.writer.accept(this.entries);
		}
	}

	@Override
	public void afterCompletion(int status) {
		TransactionSynchronizationManager.unbindResourceIfPossible(this.owner);
	}

	/** A transaction of its own in between has a buffer of its own. */
	@Override
	public void suspend() {
		TransactionSynchronizationManager.unbindResource(this.owner);
	}

	@Override
	public void resume() {
		TransactionSynchronizationManager.bindResource(this.owner, this);
	}

	@Override
	public void savepoint(Object savepoint) {
		this.savepoints.put(savepoint, this.entries.size());
	}

	@Override
	public void savepointRollback(Object savepoint) {
		this.entries.subList(this.savepoints.getOrDefault(savepoint, 0), this.entries.size()).clear();
	}

}
