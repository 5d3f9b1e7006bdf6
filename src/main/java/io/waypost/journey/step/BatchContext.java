package io.waypost.journey.step;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import io.waypost.agent.Batch;
import io.waypost.agent.Orchestrator;
import io.waypost.kernel.SendId;

import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Batches that the steps of one transaction share. A batch is not a process variable,
 * because the engine serialises each variable, even one that it does not store. It ends
 * with the transaction, because after a wait state a message must be read again. A
 * message that no step has saved is kept in the database before the commit, so that a
 * save point in a model loses no content and no verdict.
 */
@Component
class BatchContext {

	private final Orchestrator orchestrator;

	BatchContext(Orchestrator orchestrator) {
		this.orchestrator = orchestrator;
	}

	/** Finds the batch that an earlier step of this transaction stored for a send. */
	Optional<Batch> find(SendId send) {
		return Optional.ofNullable(current().batches().get(send));
	}

	/** Stores a batch for the next step of this transaction. */
	void store(Batch batch) {
		SendId send = batch.single().send().id();
		current().batches().put(send, batch);
		current().unsaved().add(send);
	}

	/** Stores a batch whose message the database has in the same state. */
	void storeSaved(Batch batch) {
		SendId send = batch.single().send().id();
		current().batches().put(send, batch);
		current().unsaved().remove(send);
	}

	private Current current() {
		Object bound = TransactionSynchronizationManager.getResource(this);
		return (bound != null) ? (Current) bound : bind(new Current(new HashMap<>(), new HashSet<>()));
	}

	private Current bind(Current current) {
		TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

			@Override
			public void beforeCommit(boolean readOnly) {
				current.unsaved()
					.forEach((send) -> BatchContext.this.orchestrator
						.keep(Objects.requireNonNull(current.batches().get(send))));
			}

			@Override
			public void afterCompletion(int status) {
				TransactionSynchronizationManager.unbindResourceIfPossible(BatchContext.this);
			}

		});
		TransactionSynchronizationManager.bindResource(this, current);
		return current;
	}

	/**
	 * Batches of a transaction.
	 *
	 * @param batches batch by send
	 * @param unsaved sends that the database does not have in this state
	 */
	private record Current(Map<SendId, Batch> batches, Set<SendId> unsaved) {

	}

}
