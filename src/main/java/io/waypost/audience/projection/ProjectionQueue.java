package io.waypost.audience.projection;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

import io.waypost.audience.projection.Activities.ActivityType;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What waits to be looked at. Rows come with the transactions that cause them. */
@Component
public class ProjectionQueue {

	private static final UUID NOBODY = new UUID(0, 0);

	private final JdbcClient jdbc;

	private final Clock clock;

	public ProjectionQueue(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/**
	 * What one transaction left.
	 *
	 * @param tenant whose people
	 * @param ids of rows
	 */
	public record QueuedBatch(TenantId tenant, List<Long> ids) {

	}

	public void enqueue(TenantId tenant, Activities deeds) {
		Collection<ActivityType> actions = deeds.types();
		this.jdbc
			.sql("""
					insert into audience.queue (tenant_id, queued_at, events, categories, extras, profiles, actions, times, worths)
					values (?, ?, ?, ?, ?, ?, ?, ?, ?)
					""")
			.param(tenant.value())
			.param(this.clock.instant().atOffset(ZoneOffset.UTC))
			.param(array("text", actions, ActivityType::event))
			.param(array("text", actions, ActivityType::category))
			.param(array("boolean", actions, ActivityType::extra))
			.param(array("uuid", deeds.profiles(), ProfileId::value))
			.param(new AudienceSqlArray("int4", deeds.numbers().toArray(Integer[]::new)))
			.param(new AudienceSqlArray("int8", deeds.times().toArray(Long[]::new)))
			.param(new AudienceSqlArray("int8", deeds.worths().toArray(Long[]::new)))
			.update();
	}

	/**
	 * The oldest rows, by tenant.
	 * @param most entries that are enough; at least one row is answered
	 */
	public List<QueuedBatch> oldest(int most) {
		Map<String, List<Long>> byTenant = new LinkedHashMap<>();
		int[] entries = new int[1];
		this.jdbc.sql("select id, tenant_id, cardinality(profiles) from audience.queue order by id limit ?")
			.param(most)
			.query((row) -> {
				if (entries[0] < most) {
					entries[0] += row.getInt(3);
					byTenant.computeIfAbsent(row.getString(2), (tenant) -> new ArrayList<>()).add(row.getLong(1));
				}
			});
		return byTenant.entrySet()
			.stream()
			.map((entry) -> new QueuedBatch(new TenantId(entry.getKey()), entry.getValue()))
			.toList();
	}

	/** Whom rows are about. */
	List<ProfileId> profiles(QueuedBatch share) {
		return this.jdbc.sql("select distinct unnest(profiles) from audience.queue where id = any (?)")
			.param(ids(share))
			.query((row, number) -> new ProfileId(row.getObject(1, UUID.class)))
			.list();
	}

	/** Since when the oldest row waits. */
	Instant oldestQueuedAt() {
		return this.jdbc.sql("select queued_at from audience.queue order by id limit 1")
			.query((row, number) -> row.getTimestamp(1).toInstant())
			.optional()
			.orElseGet(this.clock::instant);
	}

	/**
	 * Takes rows out and keeps the deeds in them: those of absorbed profiles for their
	 * survivors, those of erased ones not at all.
	 * @return how many deeds were kept
	 */
	public int storeActivities(QueuedBatch share, Map<ProfileId, ProfileId> survivors) {
		name(share);
		// Arrays tell the planner nothing of their length: it would loop over all by all
		nestLoops(false);
		int kept = this.jdbc
			.sql("""
					with taken as (
						delete from audience.queue where id = any (:ids) returning *),
					named as (
						select taken.id, said.number, action.id as action_id
						from taken
						cross join lateral unnest(taken.events, taken.categories, taken.extras) with ordinality
							said (event, category, extra, number)
						join audience.action action on action.tenant_id = :tenant and action.event = said.event
							and action.category = said.category and action.extra = said.extra)
					insert into audience.deed (action_id, profile_id, at, worth)
					select named.action_id, alive.survivor, timestamptz 'epoch' + done.at * interval '1 microsecond', done.worth
					from taken
					cross join lateral unnest(taken.profiles, taken.actions, taken.times, taken.worths)
						done (profile, action, at, worth)
					join named on named.id = taken.id and named.number = done.action
					join unnest(:profiles, :survivors) alive (profile, survivor) on alive.profile = done.profile
					""")
			.param("ids", ids(share))
			.param("tenant", share.tenant().value())
			.param("profiles", array("uuid", survivors.keySet(), ProfileId::value))
			.param("survivors", array("uuid", survivors.values(), ProfileId::value))
			.update();
		nestLoops(true);
		return kept;
	}

	/**
	 * Takes people out of what waits: nobody is put in their place.
	 * @return how many rows named them
	 */
	int eraseProfiles(TenantId tenant, List<ProfileId> profiles) {
		return this.jdbc.sql("""
				update audience.queue waiting set profiles = (
					select array_agg(case when named.profile = any (:profiles) then :nobody else named.profile end
						order by named.place)
					from unnest(waiting.profiles) with ordinality named (profile, place))
				where waiting.tenant_id = :tenant and waiting.profiles && :profiles
				""")
			.param("profiles", array("uuid", profiles, ProfileId::value))
			.param("nobody", NOBODY)
			.param("tenant", tenant.value())
			.update();
	}

	private void nestLoops(boolean allowed) {
		this.jdbc.sql("select set_config('enable_nestloop', ?, true)").param(allowed ? "on" : "off").query((row) -> {
		});
	}

	/** Gives numbers to actions that nobody did before. */
	private void name(QueuedBatch share) {
		this.jdbc
			.sql("""
					insert into audience.action (tenant_id, event, category, extra)
					select distinct :tenant, said.event, said.category, said.extra
					from audience.queue waiting
					cross join lateral unnest(waiting.events, waiting.categories, waiting.extras) said (event, category, extra)
					where waiting.id = any (:ids) and not exists (
						select from audience.action known where known.tenant_id = :tenant and known.event = said.event
							and known.category = said.category and known.extra = said.extra)
					on conflict do nothing
					""")
			.param("ids", ids(share))
			.param("tenant", share.tenant().value())
			.update();
	}

	private static AudienceSqlArray ids(QueuedBatch share) {
		return new AudienceSqlArray("int8", share.ids().toArray(Long[]::new));
	}

	static <T> AudienceSqlArray array(String type, Collection<T> items, Function<T, ?> value) {
		return new AudienceSqlArray(type, items.stream().map(value).toArray());
	}

}
