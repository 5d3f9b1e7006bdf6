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
 * What the steps of one transaction hand one another. It is no process variable, because
 * the engine would write each one out in bytes, even one that it will not store; and it
 * ends with the transaction, because behind a wait state a message must be read again.
 */
@Component
class BatchContext {

	/** The messages that an earlier step of this transaction left for a send. */
	Optional<Batch> find(SendId send) {
		return Optional.ofNullable(kept().get(send));
	}

	/** Leaves messages for the next step of this transaction. */
	void keep(Batch batch) {
		kept().put(batch.single().send().id(), batch);
	}

	@SuppressWarnings("unchecked")
	private Map<SendId, Batch> kept() {
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
