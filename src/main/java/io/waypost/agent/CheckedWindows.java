package io.waypost.agent;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

import io.waypost.kernel.SendId;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The sends whose quiet hours and frequency caps the current transaction has checked,
 * with the lock on their recipients that lasts until its end.
 */
final class CheckedWindows {

	private CheckedWindows() {
	}

	/** Without a transaction nothing is remembered, because the lock has ended too. */
	static void add(Collection<SendId> sends) {
		if (TransactionSynchronizationManager.isSynchronizationActive()) {
			current().addAll(sends);
		}
	}

	static boolean contains(SendId send) {
		return TransactionSynchronizationManager.isSynchronizationActive() && current().contains(send);
	}

	@SuppressWarnings("unchecked")
	private static Set<SendId> current() {
		Set<SendId> known = (Set<SendId>) TransactionSynchronizationManager.getResource(CheckedWindows.class);
		if (known != null) {
			return known;
		}
		Set<SendId> created = new HashSet<>();
		TransactionSynchronizationManager.bindResource(CheckedWindows.class, created);
		TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
			@Override
			public void afterCompletion(int status) {
				TransactionSynchronizationManager.unbindResourceIfPossible(CheckedWindows.class);
			}
		});
		return created;
	}

}
