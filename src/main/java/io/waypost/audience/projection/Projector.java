package io.waypost.audience.projection;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.waypost.audience.projection.ProjectionQueue.QueuedBatch;
import io.waypost.database.AdvisoryLock;
import io.waypost.database.AdvisoryLocks;
import io.waypost.identity.Profiles;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Updates the projection: takes rows out of the queue, stores their activities and
 * refreshes the attributes of their profiles, in one transaction, so each activity is
 * stored once. An advisory lock allows one node at a time: of two nodes that load the
 * same profile, the later could store older values.
 */
@Component
class Projector {

	private final ProjectionQueue queue;

	private final ProfileAttributesRepository attributesRepository;

	private final ProfileAttributesLoader attributesLoader;

	private final Profiles profiles;

	private final TransactionTemplate transaction;

	private final AdvisoryLocks locks;

	private final JdbcClient jdbc;

	private final Clock clock;

	Projector(ProjectionQueue queue, ProfileAttributesRepository attributesRepository,
			ProfileAttributesLoader attributesLoader, Profiles profiles, TransactionTemplate transaction,
			AdvisoryLocks locks, JdbcClient jdbc, Clock clock) {
		this.queue = queue;
		this.attributesRepository = attributesRepository;
		this.attributesLoader = attributesLoader;
		this.profiles = profiles;
		this.transaction = transaction;
		this.locks = locks;
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/**
	 * Projects the oldest rows of the queue.
	 * @param limit number of entries after which no further row is taken
	 * @return number of rows; 0 also while another node projects
	 */
	int project(int limit) {
		Integer projected = this.transaction.execute((status) -> tryLock() ? projectOldest(limit) : 0);
		return (projected != null) ? projected : 0;
	}

	/** Projects in the caller's transaction, which holds the lock. */
	int projectOldest(int limit) {
		int rows = 0;
		for (QueuedBatch batch : this.queue.oldest(limit)) {
			Map<ProfileId, ProfileId> survivors = this.profiles.survivors(batch.tenant(), this.queue.profiles(batch));
			this.queue.storeActivities(batch, survivors);
			this.attributesLoader.load(batch.tenant(), Set.copyOf(survivors.values()));
			rows += batch.ids().size();
		}
		return rows;
	}

	/**
	 * Refreshes profiles without a change today: some attributes change with time alone.
	 * @param limit maximum number of profiles
	 * @return number of profiles; 0 also while another node projects
	 */
	int refresh(int limit) {
		Integer refreshed = this.transaction.execute((status) -> tryLock() ? refreshDue(limit) : 0);
		return (refreshed != null) ? refreshed : 0;
	}

	private int refreshDue(int limit) {
		Map<TenantId, List<ProfileId>> due = this.attributesRepository
			.due(LocalDate.ofInstant(this.clock.instant(), ZoneOffset.UTC), limit);
		due.forEach((tenant, profiles) -> {
			Map<ProfileId, ProfileId> survivors = this.profiles.survivors(tenant, profiles);
			Set<ProfileId> absorbed = new HashSet<>(profiles);
			absorbed.removeAll(survivors.values());
			this.attributesRepository.remove(absorbed);
			this.attributesLoader.load(tenant, Set.copyOf(survivors.values()));
		});
		return due.values().stream().mapToInt(List::size).sum();
	}

	/**
	 * Takes the lock until the end of the transaction, if it is free. Also sets generic
	 * plans: the plans do not depend on the length of the arrays, as in the transactions
	 * that store events.
	 */
	boolean tryLock() {
		boolean locked = this.locks.tryLock(AdvisoryLock.SEGMENT_PROJECTION);
		if (locked) {
			this.jdbc.sql("select set_config('plan_cache_mode', 'force_generic_plan', true)").query((row) -> {
			});
		}
		return locked;
	}

}
