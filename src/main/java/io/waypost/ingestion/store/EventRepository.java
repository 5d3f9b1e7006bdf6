package io.waypost.ingestion.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Date;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.waypost.database.SqlArray;
import io.waypost.database.SqlTime;
import io.waypost.ingestion.Event;
import io.waypost.ingestion.IngestionConfiguration;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** SQL access to events and to ingested message ids. */
@Component
public class EventRepository {

	public static final String COLUMNS = "id, profile_id, type, name, properties, context, occurred_at, received_at, message_id";

	public static final RowMapper<Event> EVENT = (row, number) -> {
		try {
			return new Event(row.getObject(1, UUID.class), new ProfileId(row.getObject(2, UUID.class)),
					row.getString(3), row.getString(4), IngestionConfiguration.JSON.readTree(row.getString(5)),
					IngestionConfiguration.JSON.readTree(row.getString(6)), SqlTime.read(row, 7), SqlTime.read(row, 8),
					row.getString(9));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The database holds invalid JSON", ex);
		}
	};

	private static final String APPEND = """
			insert into ingestion.event (tenant_id, profile_id, id, type, name, properties, context, occurred_at,
				received_at, message_id)
			select :tenant, profile_id, id, type, name, properties::json, context::json, occurred_at, :received, message_id
			from unnest(:profiles::uuid[], :ids::uuid[], :types::text[], :names::text[], :properties::text[],
					:contexts::text[], :times::timestamptz[], :messages::text[])
				as e (profile_id, id, type, name, properties, context, occurred_at, message_id)
			""";

	private final JdbcTemplate template;

	private final JdbcClient jdbc;

	public EventRepository(JdbcTemplate template, JdbcClient jdbc) {
		this.template = template;
		this.jdbc = jdbc;
	}

	/**
	 * Makes the planner use generic plans until the end of the transaction. Otherwise it
	 * plans each statement again and, with the number of array elements in sight,
	 * sometimes decides to scan the whole table for a hundred profiles.
	 */
	void useGenericPlans() {
		this.template.execute("set local plan_cache_mode = force_generic_plan");
	}

	/**
	 * Stores message ids in the order of their hashes, so that two transactions with the
	 * same messages wait for each other without a deadlock.
	 * @return the hashes that were not stored before
	 */
	Set<UUID> insertMessageIds(TenantId tenant, List<UUID> hashes, Instant receivedAt) {
		Set<UUID> inserted = HashSet.newHashSet(hashes.size());
		this.jdbc.sql("""
				insert into ingestion.message_id (tenant_id, hash, received_on)
				select ?, hash, ? from unnest(?::uuid[]) as hash order by hash
				on conflict do nothing
				returning hash
				""")
			.param(tenant.value())
			.param(Date.valueOf(LocalDate.ofInstant(receivedAt, ZoneOffset.UTC)))
			.param(SqlArray.uuids(hashes))
			.query((row) -> {
				inserted.add(row.getObject(1, UUID.class));
			});
		return inserted;
	}

	/**
	 * Appends events that were received together. PostgreSQL refuses COPY into a table
	 * with row-level security.
	 */
	void append(TenantId tenant, List<Event> events, Instant receivedAt) {
		this.jdbc.sql(APPEND)
			.param("tenant", tenant.value())
			.param("received", SqlTime.of(receivedAt))
			.param("profiles", SqlArray.uuids(events, (event) -> event.profile().value()))
			.param("ids", SqlArray.uuids(events, Event::id))
			.param("types", SqlArray.texts(events, Event::type))
			.param("names", SqlArray.texts(events, Event::name))
			.param("properties", SqlArray.texts(events, (event) -> json(event.properties())))
			.param("contexts", SqlArray.texts(events, (event) -> json(event.context())))
			.param("times", SqlArray.times(events, Event::occurredAt))
			.param("messages", SqlArray.texts(events, Event::messageId))
			.update();
	}

	/** Moves events of absorbed profiles to their survivors. */
	void moveToSurvivors(TenantId tenant, List<UUID> absorbed, List<UUID> survivors) {
		this.jdbc.sql("""
				update ingestion.event e set profile_id = merge.survivor
				from unnest(?::uuid[], ?::uuid[]) as merge (absorbed, survivor)
				where e.tenant_id = ? and e.profile_id = merge.absorbed
				""").param(SqlArray.uuids(absorbed)).param(SqlArray.uuids(survivors)).param(tenant.value()).update();
	}

	/** Deletes the events of profiles in all partitions. */
	int delete(TenantId tenant, List<ProfileId> profiles) {
		return this.jdbc.sql("delete from ingestion.event where tenant_id = ? and profile_id = any(?)")
			.param(tenant.value())
			.param(SqlArray.uuids(profiles, ProfileId::value))
			.update();
	}

	private static String json(JsonNode value) {
		try {
			return IngestionConfiguration.JSON.writeValueAsString(value);
		}
		catch (JsonProcessingException ex) {
			throw new UncheckedIOException("Cannot write JSON to memory", ex);
		}
	}

}
