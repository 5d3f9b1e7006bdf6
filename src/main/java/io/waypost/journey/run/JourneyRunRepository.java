package io.waypost.journey.run;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import io.waypost.agent.MessageRequest;
import io.waypost.database.JsonColumn;
import io.waypost.database.SqlArray;
import io.waypost.database.SqlTime;
import io.waypost.journey.JourneyRun;
import io.waypost.journey.Journeys;
import io.waypost.kernel.JourneyRunId;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * SQL access to the runs of all journeys, from the event that starts a run to its end.
 */
@Component
public class JourneyRunRepository {

	/** The order in which profiles are locked; SendDecisions uses the same. */
	private static final Comparator<PendingRun> BY_PROFILE = Comparator
		.comparing((PendingRun run) -> run.tenant().value())
		.thenComparing((run) -> run.profile().value());

	private final JdbcClient jdbc;

	private final JsonColumn json;

	JourneyRunRepository(JdbcClient jdbc, JsonColumn json) {
		this.jdbc = jdbc;
		this.json = json;
	}

	/**
	 * Stores runs whose start limit has expired. The upsert renews a start limit only
	 * when its window is over, so of two transactions with the same key exactly one
	 * succeeds. Sorting by key gives all transactions the same lock order.
	 */
	public int open(TenantId tenant, List<NewRun> runs, Instant now) {
		return this.jdbc
			.sql("""
					WITH requested AS (
						SELECT DISTINCT ON (journey, profile_id, key) *
						FROM unnest(:ids::uuid[], :journeys::text[], :profiles::uuid[], :keys::text[], :templates::text[],
								:topics::text[], :delays::text[], :nextStarts::timestamptz[], :triggers::jsonb[],
								:properties::jsonb[])
							AS w (id, journey, profile_id, key, template, topic, delay, next_start_at, trigger, properties)
						ORDER BY journey, profile_id, key, id
					), taken AS (
						INSERT INTO journey.start_limit AS start_limit (tenant_id, journey, profile_id, key, run_id, next_start_at)
						SELECT :tenant, journey, profile_id, key, id, next_start_at FROM requested
						ON CONFLICT (tenant_id, journey, profile_id, key) DO UPDATE
							SET run_id = excluded.run_id, next_start_at = excluded.next_start_at
							WHERE start_limit.next_start_at <= :now
						RETURNING run_id
					)
					INSERT INTO journey.run (tenant_id, id, journey, profile_id, key, template, topic, delay, status, trigger,
						properties, created_at, next_attempt_at)
					SELECT :tenant, id, journey, profile_id, key, template, topic, delay, 'pending', trigger, properties, :now,
						:now
					FROM requested JOIN taken ON taken.run_id = requested.id
					""")
			.param("tenant", tenant.value())
			.param("now", SqlTime.of(now))
			.param("ids", SqlArray.uuids(runs, (run) -> run.id().value()))
			.param("journeys", SqlArray.texts(runs, NewRun::journey))
			.param("profiles", SqlArray.uuids(runs, (run) -> run.profile().value()))
			.param("keys", SqlArray.texts(runs, NewRun::key))
			.param("templates", SqlArray.texts(runs, NewRun::template))
			.param("topics", SqlArray.texts(runs, NewRun::topic))
			.param("delays", SqlArray.texts(runs, (run) -> run.delay().toString()))
			.param("nextStarts", SqlArray.times(runs, NewRun::nextStartAt))
			.param("triggers", SqlArray.texts(runs, (run) -> this.json.write(run.trigger())))
			.param("properties", SqlArray.texts(runs, (run) -> this.json.write(run.properties())))
			.update();
	}

	/**
	 * Claims the oldest runs to start; rows that another node has locked are skipped. The
	 * runs are returned in the order of their profiles, because a message locks its
	 * profile until the transaction ends: transactions that take locks in the same order
	 * cannot deadlock.
	 */
	List<PendingRun> claimPending(Instant now, int limit) {
		return this.jdbc.sql("""
				SELECT tenant_id, id, journey, profile_id, template, topic, delay, attempts, trigger, properties
				FROM journey.run
				WHERE status = 'pending' AND next_attempt_at <= :now
				ORDER BY next_attempt_at, id LIMIT :limit FOR UPDATE SKIP LOCKED
				""")
			.param("now", SqlTime.of(now))
			.param("limit", limit)
			.query((row, number) -> pending(row))
			.list()
			.stream()
			.sorted(BY_PROFILE)
			.toList();
	}

	/**
	 * Stores the process instance of each run. A run that has ended already loses its
	 * pending messages.
	 */
	void started(List<StartedRun> runs, Instant now) {
		this.jdbc
			.sql("""
					WITH started AS (
						SELECT * FROM unnest(:tenants::text[], :ids::uuid[], :instances::text[], :outcomes::text[])
							AS b (tenant_id, id, instance, outcome)
					), deleted AS (
						DELETE FROM journey.pending_message AS message USING started
						WHERE message.tenant_id = started.tenant_id AND message.run_id = started.id AND started.outcome IS NOT NULL
					)
					UPDATE journey.run AS run
					SET status = CASE WHEN started.outcome IS NULL THEN 'running' ELSE 'ended' END, outcome = started.outcome,
						started_at = :now, ended_at = CASE WHEN started.outcome IS NOT NULL THEN :now::timestamptz END,
						process_instance_id = started.instance
					FROM started WHERE run.tenant_id = started.tenant_id AND run.id = started.id
					""")
			.param("now", SqlTime.of(now))
			.param("tenants", SqlArray.texts(runs, (run) -> run.run().tenant().value()))
			.param("ids", SqlArray.uuids(runs, (run) -> run.run().id().value()))
			.param("instances", SqlArray.texts(runs, StartedRun::instance))
			.param("outcomes", SqlArray.texts(runs, StartedRun::outcome))
			.update();
	}

	/**
	 * Claims one pending run for a process instance that a caller starts. A repetition
	 * for the same instance succeeds, because a start event may run as a job.
	 * @return false when the tenant has no such run or another instance was started for
	 * it
	 */
	boolean claimForInstance(TenantId tenant, JourneyRunId run, String instance, Instant now) {
		return this.jdbc.sql("""
				UPDATE journey.run SET status = 'running', started_at = coalesce(started_at, :now),
					process_instance_id = :instance
				WHERE tenant_id = :tenant AND id = :run AND (status = 'pending' OR process_instance_id = :instance)
				""")
			.param("tenant", tenant.value())
			.param("run", run.value())
			.param("instance", instance)
			.param("now", SqlTime.of(now))
			.update() == 1;
	}

	/** Schedules the next attempt to start a run. */
	void postpone(PendingRun run, Instant nextAttempt) {
		this.jdbc
			.sql("UPDATE journey.run SET attempts = attempts + 1, next_attempt_at = ? WHERE tenant_id = ? AND id = ?")
			.params(SqlTime.of(nextAttempt), run.tenant().value(), run.id().value())
			.update();
	}

	/** Marks a run as failed. */
	void failed(PendingRun run, String reason, Instant now) {
		this.jdbc.sql("""
				UPDATE journey.run SET status = 'failed', outcome = ?, ended_at = ? WHERE tenant_id = ? AND id = ?
				""").params(reason, SqlTime.of(now), run.tenant().value(), run.id().value()).update();
	}

	/** Ends a run and deletes its pending messages. */
	void ended(TenantId tenant, JourneyRunId run, String outcome, Instant now) {
		this.jdbc.sql("""
				WITH deleted AS (DELETE FROM journey.pending_message WHERE tenant_id = :tenant AND run_id = :run)
				UPDATE journey.run SET status = 'ended', outcome = :outcome, ended_at = :now
				WHERE tenant_id = :tenant AND id = :run AND status <> 'ended'
				""")
			.param("tenant", tenant.value())
			.param("run", run.value())
			.param("outcome", outcome)
			.param("now", SqlTime.of(now))
			.update();
	}

	/**
	 * Reads the request that a step of a run sends to the agents. The profile is the
	 * survivor of merges.
	 */
	public Optional<MessageRequest> request(TenantId tenant, JourneyRunId run, String step) {
		return this.jdbc.sql("""
				SELECT journey, profile_id, template, topic, trigger, properties FROM journey.run
				WHERE tenant_id = ? AND id = ?
				""")
			.params(tenant.value(), run.value())
			.query((row, number) -> new MessageRequest(new ProfileId(row.getObject("profile_id", UUID.class)), run,
					row.getString("journey"), step, row.getString("template"), row.getString("topic"),
					this.json.readMap(row.getString("trigger")), this.json.readMap(row.getString("properties"))))
			.optional();
	}

	/**
	 * Moves runs and start limits of merged profiles to the surviving profiles. Where
	 * both have the same start limit, the later window counts.
	 */
	void moveToSurvivors(TenantId tenant, Map<ProfileId, ProfileId> survivors) {
		List<Map.Entry<ProfileId, ProfileId>> merges = List.copyOf(survivors.entrySet());
		this.jdbc
			.sql("""
					WITH merge AS (
						SELECT * FROM unnest(:absorbed::uuid[], :survivors::uuid[]) AS m (absorbed, survivor)
					), moved AS (
						UPDATE journey.run SET profile_id = merge.survivor FROM merge
						WHERE tenant_id = :tenant AND profile_id = merge.absorbed
					), released AS (
						DELETE FROM journey.start_limit AS start_limit USING merge
						WHERE start_limit.tenant_id = :tenant AND start_limit.profile_id = merge.absorbed
						RETURNING start_limit.journey, merge.survivor, start_limit.key, start_limit.run_id, start_limit.next_start_at
					)
					INSERT INTO journey.start_limit AS start_limit (tenant_id, journey, profile_id, key, run_id, next_start_at)
					SELECT DISTINCT ON (journey, survivor, key) :tenant, journey, survivor, key, run_id, next_start_at
					FROM released ORDER BY journey, survivor, key, next_start_at DESC
					ON CONFLICT (tenant_id, journey, profile_id, key) DO UPDATE
						SET run_id = excluded.run_id, next_start_at = excluded.next_start_at WHERE start_limit.next_start_at < excluded.next_start_at
					""")
			.param("tenant", tenant.value())
			.param("absorbed", SqlArray.uuids(merges, (merge) -> merge.getKey().value()))
			.param("survivors", SqlArray.uuids(merges, (merge) -> merge.getValue().value()))
			.update();
	}

	/** Lists the runs of a profile, oldest first. */
	public List<JourneyRun> of(TenantId tenant, ProfileId profile) {
		return this.jdbc.sql(Journeys.COLUMNS + "WHERE tenant_id = ? AND profile_id = ? ORDER BY id")
			.params(tenant.value(), profile.value())
			.query((row, number) -> Journeys.run(row))
			.list();
	}

	/**
	 * Ends the runs of erased profiles.
	 * @return the engine's instances of the runs that were running
	 */
	public List<String> cancel(TenantId tenant, List<ProfileId> profiles, Instant now) {
		return this.jdbc.sql("""
				WITH cancelled AS (
					SELECT id FROM journey.run
					WHERE tenant_id = :tenant AND profile_id = ANY(:profiles) AND status IN ('pending', 'running')
					ORDER BY id FOR UPDATE
				), deleted AS (
					DELETE FROM journey.pending_message AS message USING cancelled
					WHERE message.tenant_id = :tenant AND message.run_id = cancelled.id
				)
				UPDATE journey.run SET status = 'ended', outcome = 'Erased', ended_at = :now FROM cancelled
				WHERE run.tenant_id = :tenant AND run.id = cancelled.id
				RETURNING run.process_instance_id
				""")
			.param("tenant", tenant.value())
			.param("profiles", SqlArray.uuids(profiles, ProfileId::value))
			.param("now", SqlTime.of(now))
			.query(String.class)
			.list()
			.stream()
			.filter(Objects::nonNull)
			.toList();
	}

	/** Erases the content of the runs of profiles. The runs themselves stay. */
	public int erase(TenantId tenant, List<ProfileId> profiles) {
		return this.jdbc.sql("""
				WITH limits AS (
					DELETE FROM journey.start_limit WHERE tenant_id = :tenant AND profile_id = ANY(:profiles)
				)
				UPDATE journey.run SET key = '', trigger = '{}', properties = '{}'
				WHERE tenant_id = :tenant AND profile_id = ANY(:profiles)
				""")
			.param("tenant", tenant.value())
			.param("profiles", SqlArray.uuids(profiles, ProfileId::value))
			.update();
	}

	/**
	 * Deletes start limits that expired longer ago than the grace period, so that the
	 * table stays small.
	 */
	int deleteExpiredStartLimits(Instant now, Duration grace) {
		return this.jdbc.sql("DELETE FROM journey.start_limit WHERE next_start_at < ?")
			.param(SqlTime.of(now.minus(grace)))
			.update();
	}

	private PendingRun pending(ResultSet row) throws SQLException {
		return new PendingRun(new TenantId(row.getString("tenant_id")),
				new JourneyRunId(row.getObject("id", UUID.class)), row.getString("journey"),
				new ProfileId(row.getObject("profile_id", UUID.class)), row.getString("template"),
				row.getString("topic"), row.getString("delay"), row.getInt("attempts"),
				this.json.readMap(row.getString("trigger")), this.json.readMap(row.getString("properties")));
	}

	/**
	 * A run that is started in the engine.
	 *
	 * @param run the stored run
	 * @param instance id of its process instance
	 * @param outcome name of the end event that it has reached; null when it waits
	 */
	record StartedRun(PendingRun run, String instance, @Nullable String outcome) {

	}

}
