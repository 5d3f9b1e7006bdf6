package io.waypost.audience.projection;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import io.waypost.database.SqlArray;
import io.waypost.database.SqlTime;
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
 * Enqueues all profiles and events again, to rebuild the projection. Each step takes some
 * profiles, deletes their activities and enqueues their events from the event log. The
 * position is stored, so another node can continue.
 *
 * <p>
 * A step works on one snapshot. It first projects everything that is queued. Each event
 * of the log is then either projected, and deleted by this step, or not visible in the
 * snapshot, and queued by its own transaction.
 */
@Component
public class ProjectionBackfill {

	private static final Logger logger = LoggerFactory.getLogger(ProjectionBackfill.class);

	private static final int PROFILES_PER_STEP = 200;

	private static final int EVENTS_PER_ROW = 2000;

	private final Projector projector;

	private final ProjectionQueue queue;

	private final Profiles profiles;

	private final EventLog events;

	private final JdbcClient jdbc;

	private final TransactionTemplate snapshot;

	private final Clock clock;

	ProjectionBackfill(Projector projector, ProjectionQueue queue, Profiles profiles, EventLog events, JdbcClient jdbc,
			PlatformTransactionManager transactions, Clock clock) {
		this.projector = projector;
		this.queue = queue;
		this.profiles = profiles;
		this.events = events;
		this.jdbc = jdbc;
		this.clock = clock;
		this.snapshot = new TransactionTemplate(transactions);
		this.snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
	}

	/** Starts a rebuild with the first profile; the projection schedule executes it. */
	public void restart() {
		this.jdbc.sql("update audience.projection_backfill set after = null, finished_at = null").update();
		logger.info("Rebuild of segment data started");
	}

	/**
	 * Executes one step.
	 * @return whether there was something to do
	 */
	boolean step() {
		return isUnfinished() && Boolean.TRUE.equals(this.snapshot.execute((status) -> {
			if (!this.projector.tryLock()) {
				return false;
			}
			int projected;
			do {
				projected = this.projector.projectOldest(Integer.MAX_VALUE);
			}
			while (projected > 0);
			return enqueueNext();
		}));
	}

	private boolean isUnfinished() {
		return this.jdbc.sql("select finished_at is null from audience.projection_backfill")
			.query(Boolean.class)
			.single();
	}

	private boolean enqueueNext() {
		Optional<ProfileId> after = this.jdbc
			.sql("select after from audience.projection_backfill where after is not null")
			.query((row, number) -> new ProfileId(row.getObject(1, UUID.class)))
			.optional();
		List<Profiles.TenantProfile> next = this.profiles.listAll(after.orElse(null), PROFILES_PER_STEP);
		if (next.isEmpty()) {
			this.jdbc.sql("update audience.projection_backfill set finished_at = ?")
				.param(SqlTime.of(this.clock.instant()))
				.update();
			return false;
		}
		deleteActivities(next);
		Map<TenantId, List<ProfileId>> byTenant = new LinkedHashMap<>();
		next.forEach((one) -> byTenant.computeIfAbsent(one.tenant(), (tenant) -> new ArrayList<>()).add(one.profile()));
		byTenant.forEach(this::enqueue);
		this.jdbc.sql("update audience.projection_backfill set after = ?")
			.param(next.getLast().profile().value())
			.update();
		return true;
	}

	private void deleteActivities(List<Profiles.TenantProfile> profiles) {
		this.jdbc.sql("delete from audience.activity where profile_id = any (?)")
			.param(SqlArray.uuids(profiles, (one) -> one.profile().value()))
			.update();
	}

	private void enqueue(TenantId tenant, List<ProfileId> profiles) {
		this.queue.enqueue(tenant, Activities.profileChanges(profiles));
		List<Event> batch = new ArrayList<>();
		this.events.forEach(tenant, profiles, (event) -> {
			batch.add(event);
			if (batch.size() == EVENTS_PER_ROW) {
				this.queue.enqueue(tenant, Activities.of(batch));
				batch.clear();
			}
		});
		if (!batch.isEmpty()) {
			this.queue.enqueue(tenant, Activities.of(batch));
		}
	}

}
