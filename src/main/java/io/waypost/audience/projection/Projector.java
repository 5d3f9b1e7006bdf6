package io.waypost.audience.projection;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.waypost.identity.Profiles;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Brings what this room knows up to date: takes rows out of the queue, keeps the deeds in
 * them and reads their people anew, all in one transaction, so that each deed is kept
 * once. One node at a time does it, by an advisory lock: of two who read a person at once
 * the later could write what the earlier had read.
 */
@Component
public class Projector {

	private final ProjectionQueue queue;

	private final ProfileAttributesRepository people;

	private final ProfileAttributesLoader reading;

	private final Profiles profiles;

	private final TransactionTemplate transaction;

	private final JdbcClient jdbc;

	private final Clock clock;

	Projector(ProjectionQueue queue, ProfileAttributesRepository people, ProfileAttributesLoader reading,
			Profiles profiles, TransactionTemplate transaction, JdbcClient jdbc, Clock clock) {
		this.queue = queue;
		this.people = people;
		this.reading = reading;
		this.profiles = profiles;
		this.transaction = transaction;
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/**
	 * Folds the oldest rows.
	 * @param most entries that are enough
	 * @return how many rows; 0 also while another node is at it
	 */
	public int project(int most) {
		Integer folded = this.transaction.execute((status) -> tryLock() ? projectOldest(most) : 0);
		return (folded != null) ? folded : 0;
	}

	/** Folds in the caller's transaction, which is alone. */
	int projectOldest(int most) {
		int rows = 0;
		for (ProjectionQueue.QueuedBatch share : this.queue.oldest(most)) {
			Map<ProfileId, ProfileId> survivors = this.profiles.survivors(share.tenant(), this.queue.profiles(share));
			this.queue.storeActivities(share, survivors);
			this.reading.load(share.tenant(), Set.copyOf(survivors.values()));
			rows += share.ids().size();
		}
		return rows;
	}

	/**
	 * Reads people anew of whom nothing was heard today: time alone changes some of what
	 * is known of them.
	 * @param most people that are enough
	 * @return how many; 0 also while another node is at it
	 */
	int refresh(int most) {
		Integer read = this.transaction.execute((status) -> tryLock() ? readDue(most) : 0);
		return (read != null) ? read : 0;
	}

	private int readDue(int most) {
		Map<TenantId, List<ProfileId>> due = this.people.due(LocalDate.ofInstant(this.clock.instant(), ZoneOffset.UTC),
				most);
		due.forEach((tenant, profiles) -> {
			Map<ProfileId, ProfileId> survivors = this.profiles.survivors(tenant, profiles);
			Set<ProfileId> gone = new HashSet<>(profiles);
			gone.removeAll(survivors.values());
			this.people.remove(gone);
			this.reading.load(tenant, Set.copyOf(survivors.values()));
		});
		return due.values().stream().mapToInt(List::size).sum();
	}

	/**
	 * Whether no other node is at it until this transaction ends. Plans do not depend on
	 * how many values an array has, as in the transactions that store events.
	 */
	boolean tryLock() {
		boolean alone = this.jdbc.sql("select pg_try_advisory_xact_lock(hashtext('audience.queue'))")
			.query(Boolean.class)
			.single();
		if (alone) {
			this.jdbc.sql("select set_config('plan_cache_mode', 'force_generic_plan', true)").query((row) -> {
			});
		}
		return alone;
	}

}
