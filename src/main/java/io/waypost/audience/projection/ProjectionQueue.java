package io.waypost.audience.projection;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.waypost.audience.projection.Activities.ActivityType;
import io.waypost.database.SqlArray;
import io.waypost.database.SqlTime;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Queue of changes to project. Rows are inserted by the transactions that cause the
 * changes.
 */
@Component
class ProjectionQueue {

	/** Replaces erased profiles in queued rows. */
	private static final UUID ERASED = new UUID(0, 0);

	/** Replaces the name of an event that only an erased profile had. */
	private static final String ERASED_EVENT = "(erased)";

	private final JdbcClient jdbc;

	private final Clock clock;

	ProjectionQueue(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/**
	 * Queued rows of one tenant.
	 *
	 * @param tenant the tenant
	 * @param ids ids of the rows
	 */
	record QueuedBatch(TenantId tenant, List<Long> ids) {

	}

	void enqueue(TenantId tenant, Activities activities) {
		Collection<ActivityType> types = activities.types();
		this.jdbc.sql("""
				insert into audience.projection_queue (tenant_id, queued_at, events, categories, extras, profiles,
					activity_types, times, amounts)
				values (?, ?, ?, ?, ?, ?, ?, ?, ?)
				""")
			.param(tenant.value())
			.param(SqlTime.of(this.clock.instant()))
			.param(SqlArray.texts(types, ActivityType::event))
			.param(SqlArray.texts(types, ActivityType::category))
			.param(SqlArray.booleans(types, ActivityType::extra))
			.param(SqlArray.uuids(activities.profiles(), ProfileId::value))
			.param(SqlArray.ints(activities.typeNumbers(), (number) -> number))
			.param(SqlArray.longs(activities.times(), (time) -> time))
			.param(SqlArray.longs(activities.amounts(), (amount) -> amount))
			.update();
	}

	/**
	 * Reads the oldest rows, by tenant.
	 * @param limit number of entries after which no further row is added; at least one
	 * row is returned
	 */
	List<QueuedBatch> oldest(int limit) {
		Map<String, List<Long>> byTenant = new LinkedHashMap<>();
		int[] entries = new int[1];
		this.jdbc.sql("select id, tenant_id, cardinality(profiles) from audience.projection_queue order by id limit ?")
			.param(limit)
			.query((row) -> {
				if (entries[0] < limit) {
					entries[0] += row.getInt(3);
					byTenant.computeIfAbsent(row.getString(2), (tenant) -> new ArrayList<>()).add(row.getLong(1));
				}
			});
		return byTenant.entrySet()
			.stream()
			.map((entry) -> new QueuedBatch(new TenantId(entry.getKey()), entry.getValue()))
			.toList();
	}

	/** The profiles in a batch. */
	List<ProfileId> profiles(QueuedBatch batch) {
		return this.jdbc.sql("select distinct unnest(profiles) from audience.projection_queue where id = any (?)")
			.param(ids(batch))
			.query((row, number) -> new ProfileId(row.getObject(1, UUID.class)))
			.list();
	}

	/** When the oldest row was queued; now if the queue is empty. */
	Instant oldestQueuedAt() {
		return this.jdbc.sql("select queued_at from audience.projection_queue order by id limit 1")
			.query((row, number) -> SqlTime.read(row, "queued_at"))
			.optional()
			.orElseGet(this.clock::instant);
	}

	/**
	 * Deletes a batch from the queue and stores its activities: those of absorbed
	 * profiles for their survivors, those of erased profiles not at all.
	 * @return number of stored activities
	 */
	int storeActivities(QueuedBatch batch, Map<ProfileId, ProfileId> survivors) {
		addTypes(batch);
		// Without statistics about the arrays the planner would choose nested loops
		allowNestedLoops(false);
		int stored = this.jdbc.sql("""
				with taken as (
					delete from audience.projection_queue where id = any (:ids) returning *),
				typed as (
					select taken.id, queued.number, type.id as activity_type_id
					from taken
					cross join lateral unnest(taken.events, taken.categories, taken.extras) with ordinality
						queued (event, category, extra, number)
					join audience.activity_type type on type.tenant_id = :tenant and type.event = queued.event
						and type.category = queued.category and type.extra = queued.extra)
				insert into audience.activity (activity_type_id, profile_id, at, amount)
				select typed.activity_type_id, alive.survivor,
					timestamptz 'epoch' + entry.at * interval '1 microsecond', entry.amount
				from taken
				cross join lateral unnest(taken.profiles, taken.activity_types, taken.times, taken.amounts)
					entry (profile, type, at, amount)
				join typed on typed.id = taken.id and typed.number = entry.type
				join unnest(:profiles, :survivors) alive (profile, survivor) on alive.profile = entry.profile
				""")
			.param("ids", ids(batch))
			.param("tenant", batch.tenant().value())
			.param("profiles", SqlArray.uuids(survivors.keySet(), ProfileId::value))
			.param("survivors", SqlArray.uuids(survivors.values(), ProfileId::value))
			.update();
		allowNestedLoops(true);
		return stored;
	}

	/**
	 * Removes erased profiles from queued rows, and the names of events that no other
	 * profile has there.
	 * @return number of rows that contained them
	 */
	int eraseProfiles(TenantId tenant, List<ProfileId> profiles) {
		return this.jdbc.sql("""
				update audience.projection_queue queued set profiles = (
					select array_agg(case when entry.profile = any (:profiles) then :erased else entry.profile end
						order by entry.place)
					from unnest(queued.profiles) with ordinality entry (profile, place)),
				(events, categories) = (
					select coalesce(array_agg(case when other.used then named.event else :name end
							order by named.number), '{}'),
						coalesce(array_agg(case when other.used then named.category else '' end
							order by named.number), '{}')
					from unnest(queued.events, queued.categories) with ordinality named (event, category, number)
					cross join lateral (
						select exists (
							select from unnest(queued.profiles, queued.activity_types) entry (profile, type)
							where entry.type = named.number and entry.profile <> all (:profiles)) as used) other)
				where queued.tenant_id = :tenant and queued.profiles && :profiles
				""")
			.param("name", ERASED_EVENT)
			.param("profiles", SqlArray.uuids(profiles, ProfileId::value))
			.param("erased", ERASED)
			.param("tenant", tenant.value())
			.update();
	}

	private void allowNestedLoops(boolean allowed) {
		this.jdbc.sql("select set_config('enable_nestloop', ?, true)").param(allowed ? "on" : "off").query((row) -> {
		});
	}

	/** Adds activity types that the tenant did not have before. */
	private void addTypes(QueuedBatch batch) {
		this.jdbc
			.sql("""
					insert into audience.activity_type (tenant_id, event, category, extra)
					select distinct :tenant, fresh.event, fresh.category, fresh.extra
					from audience.projection_queue queued
					cross join lateral unnest(queued.events, queued.categories, queued.extras) fresh (event, category, extra)
					where queued.id = any (:ids) and fresh.event <> :erased and not exists (
						select from audience.activity_type known where known.tenant_id = :tenant and known.event = fresh.event
							and known.category = fresh.category and known.extra = fresh.extra)
					on conflict do nothing
					""")
			.param("ids", ids(batch))
			.param("tenant", batch.tenant().value())
			.param("erased", ERASED_EVENT)
			.update();
	}

	/**
	 * Deletes types that no activity has. The caller holds the lock of the projection.
	 */
	void deleteUnusedTypes(TenantId tenant) {
		this.jdbc.sql("""
				delete from audience.activity_type type where type.tenant_id = :tenant
				and not exists (select from audience.activity activity where activity.activity_type_id = type.id)
				""").param("tenant", tenant.value()).update();
	}

	private static SqlArray ids(QueuedBatch batch) {
		return SqlArray.longs(batch.ids(), (id) -> id);
	}

}
