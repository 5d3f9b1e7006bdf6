package io.waypost.ledger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Collects the entries of one transaction and writes them with one statement just before
 * the commit. A rollback to a savepoint discards the entries that were recorded after it.
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
	 * Returns the buffer of the current transaction.
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

	/**
	 * Adds entries. Other synchronizations may record entries during the commit, after
	 * this buffer was written; those are written at once.
	 */
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

	/** A nested independent transaction has its own buffer. */
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
