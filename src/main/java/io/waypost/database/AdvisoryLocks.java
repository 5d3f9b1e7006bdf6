package io.waypost.database;

import java.util.Collection;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Takes {@link AdvisoryLock}s within the current transaction; PostgreSQL releases them
 * when it ends. With assertions enabled, as in tests, a lock that is waited for out of
 * order fails.
 */
@Component
public class AdvisoryLocks {

	private final JdbcClient jdbc;

	public AdvisoryLocks(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Waits for an exclusive lock.
	 * @param lock which kind
	 * @param subject which instance, see {@link AdvisoryLock#key}
	 * @throws IllegalStateException outside a transaction
	 */
	public void lock(AdvisoryLock lock, @Nullable Object... subject) {
		wait("select pg_advisory_xact_lock(?)", lock, lock.key(subject));
	}

	/**
	 * Waits for a lock that others may share.
	 * @param lock which kind
	 * @param subject which instance
	 * @throws IllegalStateException outside a transaction
	 */
	public void lockShared(AdvisoryLock lock, @Nullable Object... subject) {
		wait("select pg_advisory_xact_lock_shared(?)", lock, lock.key(subject));
	}

	/**
	 * Waits for several exclusive locks of one kind, in the order of their keys.
	 * @param lock which kind
	 * @param keys from {@link AdvisoryLock#key}
	 * @throws IllegalStateException outside a transaction
	 */
	public void lockAll(AdvisoryLock lock, Collection<Long> keys) {
		wait("""
				select pg_advisory_xact_lock(key) from
				    (select distinct key from unnest(?::bigint[]) as key order by key) as ordered""", lock,
				SqlArray.longs(keys, (key) -> key));
	}

	/**
	 * Takes an exclusive lock if it is free.
	 * @param lock which kind
	 * @param subject which instance
	 * @return whether this transaction holds it now
	 * @throws IllegalStateException outside a transaction
	 */
	public boolean tryLock(AdvisoryLock lock, @Nullable Object... subject) {
		requireTransaction(lock);
		return this.jdbc.sql("select pg_try_advisory_xact_lock(?)")
			.param(lock.key(subject))
			.query(Boolean.class)
			.single();
	}

	/**
	 * Checks the order for a statement of the caller that waits for locks and does more,
	 * which saves a round trip. Executes no statement.
	 * @param lock which kind
	 * @throws IllegalStateException outside a transaction
	 */
	public void checkOrder(AdvisoryLock lock) {
		requireTransaction(lock);
		assert LockOrder.allows(lock) : lock + " is waited for while a lock further down is held; see AdvisoryLock";
	}

	private void wait(String sql, AdvisoryLock lock, Object parameter) {
		checkOrder(lock);
		this.jdbc.sql(sql).param(parameter).query((row) -> {
		});
	}

	private static void requireTransaction(AdvisoryLock lock) {
		if (!TransactionSynchronizationManager.isActualTransactionActive()) {
			throw new IllegalStateException("The lock " + lock + " needs a transaction; it would be released at once");
		}
	}

	/** The last lock that the current transaction waited for. */
	private static final class LockOrder implements TransactionSynchronization {

		private AdvisoryLock last;

		private LockOrder(AdvisoryLock first) {
			this.last = first;
		}

		static boolean allows(AdvisoryLock lock) {
			LockOrder order = (LockOrder) TransactionSynchronizationManager.getResource(LockOrder.class);
			if (order == null) {
				order = new LockOrder(lock);
				TransactionSynchronizationManager.bindResource(LockOrder.class, order);
				TransactionSynchronizationManager.registerSynchronization(order);
				return true;
			}
			boolean allowed = order.last.compareTo(lock) <= 0;
			order.last = lock;
			return allowed;
		}

		@Override
		public void suspend() {
			TransactionSynchronizationManager.unbindResource(LockOrder.class);
		}

		@Override
		public void resume() {
			TransactionSynchronizationManager.bindResource(LockOrder.class, this);
		}

		@Override
		public void afterCompletion(int status) {
			TransactionSynchronizationManager.unbindResourceIfPossible(LockOrder.class);
		}

	}

}
