package io.waypost.journey.message;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import io.waypost.agent.trigger.TriggerMatch;
import io.waypost.database.SqlArray;
import io.waypost.database.SqlTime;
import io.waypost.kernel.JourneyRunId;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

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
	 * @param tenant the tenant
	 * @param run id of the run
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
	public int store(TenantId tenant, List<NewPendingMessage> messages, Instant now) {
		return this.jdbc.sql("""
				INSERT INTO journey.pending_message (tenant_id, run_id, message, event_id, created_at, next_attempt_at)
				SELECT DISTINCT ON (run.id, new.message) :tenant, run.id, new.message, new.event_id, :now, :now
				FROM unnest(:ids::uuid[], :journeys::text[], :profiles::uuid[], :keys::text[], :messages::text[],
						:events::uuid[]) AS new (id, journey, profile_id, key, message, event_id)
				JOIN journey.run AS run ON run.tenant_id = :tenant AND run.profile_id = new.profile_id
					AND run.journey = new.journey AND run.status IN ('pending', 'running') AND run.id < new.id
					AND (new.key IS NULL OR run.key = new.key)
				ORDER BY run.id, new.message, new.id
				ON CONFLICT (tenant_id, run_id, message) DO NOTHING
				""")
			.param("tenant", tenant.value())
			.param("now", SqlTime.of(now))
			.param("ids", SqlArray.uuids(messages, NewPendingMessage::id))
			.param("journeys", SqlArray.texts(messages, NewPendingMessage::journey))
			.param("profiles", SqlArray.uuids(messages, (message) -> message.profile().value()))
			.param("keys", SqlArray.texts(messages, NewPendingMessage::key))
			.param("messages", SqlArray.texts(messages, NewPendingMessage::message))
			.param("events", SqlArray.uuids(messages, NewPendingMessage::event))
			.update();
	}

	/** Claims one due message of a started run. */
	List<PendingMessage> claimDue(Instant now) {
		return this.jdbc.sql("""
				SELECT message.tenant_id, message.run_id, message.message, run.process_instance_id, message.attempts
				FROM journey.pending_message AS message
				JOIN journey.run AS run ON run.tenant_id = message.tenant_id AND run.id = message.run_id
				WHERE message.next_attempt_at <= :now AND run.status = 'running'
				ORDER BY message.next_attempt_at LIMIT 1 FOR UPDATE OF message SKIP LOCKED
				""")
			.param("now", SqlTime.of(now))
			.query((row, number) -> new PendingMessage(new TenantId(row.getString("tenant_id")),
					new JourneyRunId(row.getObject("run_id", UUID.class)), row.getString("message"),
					row.getString("process_instance_id"), row.getInt("attempts")))
			.list();
	}

	/** Deletes a delivered message. */
	void delete(PendingMessage message) {
		this.jdbc.sql("DELETE FROM journey.pending_message WHERE tenant_id = ? AND run_id = ? AND message = ?")
			.params(message.tenant().value(), message.run().value(), message.message())
			.update();
	}

	/** Schedules the next attempt of a message. */
	void postpone(PendingMessage message, Instant nextAttempt) {
		this.jdbc.sql("""
				UPDATE journey.pending_message SET attempts = attempts + 1, next_attempt_at = ?
				WHERE tenant_id = ? AND run_id = ? AND message = ?
				""")
			.params(SqlTime.of(nextAttempt), message.tenant().value(), message.run().value(), message.message())
			.update();
	}

	/** Whether a message waits for the run. */
	public boolean existsFor(TenantId tenant, JourneyRunId run) {
		return this.jdbc.sql("SELECT EXISTS (SELECT FROM journey.pending_message WHERE tenant_id = ? AND run_id = ?)")
			.params(tenant.value(), run.value())
			.query(Boolean.class)
			.single();
	}

	/**
	 * A BPMN message for the runs that were stored before it.
	 *
	 * @param id time-ordered; only runs with a smaller id get the message
	 * @param journey process key
	 * @param profile the recipient
	 * @param key subject of the runs, null for every run of the profile
	 * @param message BPMN message name
	 * @param event the event that caused it
	 */
	public record NewPendingMessage(UUID id, String journey, ProfileId profile, @Nullable String key, String message,
			UUID event) {

		public static NewPendingMessage of(UUID id, TriggerMatch.CorrelateMessage match) {
			return new NewPendingMessage(id, match.journey(), match.profile(), match.key(), match.message(),
					match.event());
		}

	}

}
