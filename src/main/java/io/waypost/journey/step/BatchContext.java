package io.waypost.journey.step;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import io.waypost.agent.Batch;
import io.waypost.kernel.SendId;

import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Batches that the steps of one transaction share. A batch is not a process variable,
 * because the engine serialises each variable, even one that it does not store. It ends
 * with the transaction, because after a wait state a message must be read again.
 */
@Component
class BatchContext {

	/** Finds the batch that an earlier step of this transaction stored for a send. */
	Optional<Batch> find(SendId send) {
		return Optional.ofNullable(batches().get(send));
	}

	/** Stores a batch for the next step of this transaction. */
	void store(Batch batch) {
		batches().put(batch.single().send().id(), batch);
	}

	@SuppressWarnings("unchecked")
	private Map<SendId, Batch> batches() {
		Object bound = TransactionSynchronizationManager.getResource(this);
		return (bound != null) ? (Map<SendId, Batch>) bound : bind(new HashMap<>());
	}

	private Map<SendId, Batch> bind(Map<SendId, Batch> batches) {
		TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

			@Override
			public void afterCompletion(int status) {
				TransactionSynchronizationManager.unbindResourceIfPossible(BatchContext.this);
			}

		});
		TransactionSynchronizationManager.bindResource(this, batches);
		return batches;
	}

}
