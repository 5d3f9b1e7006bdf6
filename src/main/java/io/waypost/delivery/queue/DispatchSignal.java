package io.waypost.delivery.queue;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Wakes the dispatcher. Several signals before the next poll count as one. A signal
 * within a transaction is sent after the commit.
 */
@Component
public class DispatchSignal {

	private final Semaphore raised = new Semaphore(0);

	public void raiseAfterCommit() {
		if (!TransactionSynchronizationManager.isSynchronizationActive()) {
			raise();
			return;
		}
		TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

			@Override
			public void afterCommit() {
				raise();
			}

		});
	}

	public void raise() {
		if (this.raised.availablePermits() == 0) {
			this.raised.release();
		}
	}

	/**
	 * Waits for a signal.
	 * @param limit maximum time
	 * @throws InterruptedException when the thread should end
	 */
	public void await(Duration limit) throws InterruptedException {
		if (this.raised.tryAcquire(limit.toMillis(), TimeUnit.MILLISECONDS)) {
			this.raised.drainPermits();
		}
	}

}
