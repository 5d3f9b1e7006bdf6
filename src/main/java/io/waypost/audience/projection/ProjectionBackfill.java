package io.waypost.audience.projection;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import io.waypost.identity.Profiles;
import io.waypost.ingestion.Event;
import io.waypost.ingestion.EventLog;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Hands in the people and events that were there before this room, or all of them anew.
 * Each step takes some people, forgets their deeds and queues what the event log says of
 * them; where it has come to is kept, so that another node goes on.
 *
 * <p>
 * A step sees one moment: it folds what waits, so that all that the log shows is either
 * folded, and forgotten, or not yet queued, and then not in the log it sees.
 */
@Component
public class ProjectionBackfill {

	private static final Logger logger = LoggerFactory.getLogger(ProjectionBackfill.class);

	private static final int PEOPLE = 200;

	private static final int ENTRIES = 2000;

	private final Projector folder;

	private final ProjectionQueue queue;

	private final Profiles profiles;

	private final EventLog events;

	private final JdbcClient jdbc;

	private final TransactionTemplate snapshot;

	private final Clock clock;

	ProjectionBackfill(Projector folder, ProjectionQueue queue, Profiles profiles, EventLog events, JdbcClient jdbc,
			PlatformTransactionManager transactions, Clock clock) {
		this.folder = folder;
		this.queue = queue;
		this.profiles = profiles;
		this.events = events;
		this.jdbc = jdbc;
		this.clock = clock;
		this.snapshot = new TransactionTemplate(transactions);
		this.snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
	}

	/** Begins anew with the first person; it goes on by itself. */
	public void restart() {
		this.jdbc.sql("update audience.backfill set after = null, finished_at = null").update();
		logger.info("People and what they did are read anew");
	}

	/**
	 * Hands in some people.
	 * @return whether it did
	 */
	public boolean step() {
		return isUnfinished() && Boolean.TRUE.equals(this.snapshot.execute((status) -> {
			if (!this.folder.tryLock()) {
				return false;
			}
			int folded;
			do {
				folded = this.folder.projectOldest(Integer.MAX_VALUE);
			}
			while (folded > 0);
			return handIn();
		}));
	}

	private boolean isUnfinished() {
		return this.jdbc.sql("select finished_at is null from audience.backfill").query(Boolean.class).single();
	}

	private boolean handIn() {
		Optional<ProfileId> after = this.jdbc.sql("select after from audience.backfill where after is not null")
			.query((row, number) -> new ProfileId(row.getObject(1, UUID.class)))
			.optional();
		List<Profiles.TenantProfile> people = this.profiles.listAll(after.orElse(null), PEOPLE);
		if (people.isEmpty()) {
			this.jdbc.sql("update audience.backfill set finished_at = ?")
				.param(this.clock.instant().atOffset(ZoneOffset.UTC))
				.update();
			return false;
		}
		forget(people);
		Map<TenantId, List<ProfileId>> byTenant = new LinkedHashMap<>();
		people.forEach((person) -> byTenant.computeIfAbsent(person.tenant(), (tenant) -> new ArrayList<>())
			.add(person.profile()));
		byTenant.forEach(this::enqueue);
		this.jdbc.sql("update audience.backfill set after = ?").param(people.getLast().profile().value()).update();
		return true;
	}

	private void forget(List<Profiles.TenantProfile> people) {
		this.jdbc.sql("delete from audience.deed where profile_id = any (?)")
			.param(ProjectionQueue.array("uuid", people, (person) -> person.profile().value()))
			.update();
	}

	private void enqueue(TenantId tenant, List<ProfileId> people) {
		this.queue.enqueue(tenant, Activities.profileChanges(people));
		List<Event> some = new ArrayList<>();
		this.events.forEach(tenant, people, (event) -> {
			some.add(event);
			if (some.size() == ENTRIES) {
				this.queue.enqueue(tenant, Activities.of(some));
				some.clear();
			}
		});
		if (!some.isEmpty()) {
			this.queue.enqueue(tenant, Activities.of(some));
		}
	}

}
