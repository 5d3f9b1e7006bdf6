package io.waypost.journey.message;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import io.waypost.journey.run.JourneyRunRepository;
import io.waypost.kernel.JourneyRunId;
import io.waypost.kernel.TenantId;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * SQL access to the messages for waiting runs. A message is kept until its run receives
 * it or ends. One that arrives while the run is not waiting is delivered at the next wait
 * state, or seen by the check of the trigger agent.
 */
@Component
public class PendingMessages {

	private final JdbcClient jdbc;

	public PendingMessages(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * One message for one run.
	 *
	 * @param tenant whose
	 * @param run for which
	 * @param message BPMN message name
	 * @param instance the engine's id of the run
	 * @param attempts how many deliveries failed
	 */
	record PendingMessage(TenantId tenant, JourneyRunId run, String message, String instance, int attempts) {

	}

	/**
	 * Stores messages for every run they concern. Ids are time-ordered, so comparing them
	 * separates the runs that were stored before the event from later ones, also within
	 * one batch.
	 */
	public int store(TenantId tenant, List<NewPendingMessage> tells, Instant now) {
		return this.jdbc.sql("""
				INSERT INTO journey.tell (tenant_id, run_id, message, event_id, told_at, next_attempt_at)
				SELECT DISTINCT ON (run.id, told.message) :tenant, run.id, told.message, told.event_id, :now, :now
				FROM unnest(:ids::uuid[], :journeys::text[], :profiles::uuid[], :keys::text[], :messages::text[],
						:events::uuid[]) AS told (id, journey, profile_id, key, message, event_id)
				JOIN journey.run AS run ON run.tenant_id = :tenant AND run.profile_id = told.profile_id
					AND run.journey = told.journey AND run.status IN ('pending', 'running') AND run.id < told.id
					AND (told.key IS NULL OR run.key = told.key)
				ORDER BY run.id, told.message, told.id
				ON CONFLICT (tenant_id, run_id, message) DO NOTHING
				""")
			.param("tenant", tenant.value())
			.param("now", JourneyRunRepository.at(now))
			.param("ids", JourneyRunRepository.uuids(tells, NewPendingMessage::id))
			.param("journeys", JourneyRunRepository.texts(tells, NewPendingMessage::journey))
			.param("profiles", JourneyRunRepository.uuids(tells, (tell) -> tell.profile().value()))
			.param("keys", tells.stream().map(NewPendingMessage::key).toArray(String[]::new))
			.param("messages", JourneyRunRepository.texts(tells, NewPendingMessage::message))
			.param("events", JourneyRunRepository.uuids(tells, NewPendingMessage::event))
			.update();
	}

	/** Claims one due message of a started run. */
	List<PendingMessage> claimDue(Instant now) {
		return this.jdbc.sql("""
				SELECT tell.tenant_id, tell.run_id, tell.message, run.process_instance_id, tell.attempts
				FROM journey.tell AS tell
				JOIN journey.run AS run ON run.tenant_id = tell.tenant_id AND run.id = tell.run_id
				WHERE tell.next_attempt_at <= :now AND run.status = 'running'
				ORDER BY tell.next_attempt_at LIMIT 1 FOR UPDATE OF tell SKIP LOCKED
				""")
			.param("now", JourneyRunRepository.at(now))
			.query((row, number) -> new PendingMessage(new TenantId(row.getString("tenant_id")),
					new JourneyRunId(row.getObject("run_id", UUID.class)), row.getString("message"),
					row.getString("process_instance_id"), row.getInt("attempts")))
			.list();
	}

	/** Deletes a delivered message. */
	void delete(PendingMessage tell) {
		this.jdbc.sql("DELETE FROM journey.tell WHERE tenant_id = ? AND run_id = ? AND message = ?")
			.params(tell.tenant().value(), tell.run().value(), tell.message())
			.update();
	}

	/** Schedules the next try of a message. */
	void postpone(PendingMessage tell, Instant nextAttempt) {
		this.jdbc.sql("""
				UPDATE journey.tell SET attempts = attempts + 1, next_attempt_at = ?
				WHERE tenant_id = ? AND run_id = ? AND message = ?
				""")
			.params(JourneyRunRepository.at(nextAttempt), tell.tenant().value(), tell.run().value(), tell.message())
			.update();
	}

	/** Whether a message waits for the run. */
	public boolean existsFor(TenantId tenant, JourneyRunId run) {
		return this.jdbc.sql("SELECT EXISTS (SELECT FROM journey.tell WHERE tenant_id = ? AND run_id = ?)")
			.params(tenant.value(), run.value())
			.query(Boolean.class)
			.single();
	}

}
