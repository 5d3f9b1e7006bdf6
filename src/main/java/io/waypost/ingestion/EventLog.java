package io.waypost.ingestion;

import java.sql.PreparedStatement;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;

import io.waypost.database.SqlTime;
import io.waypost.ingestion.store.EventRepository;
import io.waypost.kernel.Cursor;
import io.waypost.kernel.Page;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads stored events. */
@Component
public class EventLog {

	private static final int FETCH_SIZE = 500;

	/** Later than every event, and within the range of PostgreSQL. */
	private static final Cursor FIRST_PAGE = Cursor.of(Instant.parse("9999-12-31T23:59:59Z"), new UUID(-1, -1));

	private final JdbcTemplate template;

	private final JdbcClient jdbc;

	EventLog(JdbcTemplate template, JdbcClient jdbc) {
		this.template = template;
		this.jdbc = jdbc;
	}

	/**
	 * Lists the events of a profile, newest first.
	 * @param tenant the tenant
	 * @param profile the profile
	 * @param limit 1 to 500
	 * @param cursor cursor of the previous page, or null
	 * @return one page
	 */
	public Page<Event> of(TenantId tenant, ProfileId profile, int limit, @Nullable String cursor) {
		int size = Cursor.limit(limit);
		Cursor from = Cursor.decode(cursor, 2).orElse(FIRST_PAGE);
		List<Event> found = this.jdbc.sql("select " + EventRepository.COLUMNS + """
				 from ingestion.event
				where tenant_id = ? and profile_id = ? and (occurred_at, id) < (?, ?)
				order by occurred_at desc, id desc limit ?
				""")
			.params(tenant.value(), profile.value(), SqlTime.of(from.instant(0)), from.uuid(1), size + 1)
			.query(EventRepository.EVENT)
			.list();
		return Cursor.page(found, size, (last) -> Cursor.of(last.occurredAt(), last.id()));
	}

	/**
	 * Lists the events of a profile that were known at a past time: those that had both
	 * occurred and been received by then (bitemporal), oldest first.
	 * @param tenant the tenant
	 * @param profile the profile
	 * @param asOf the time
	 * @return the events
	 */
	public List<Event> knownAt(TenantId tenant, ProfileId profile, Instant asOf) {
		return this.jdbc.sql("select " + EventRepository.COLUMNS + """
				 from ingestion.event
				where tenant_id = ? and profile_id = ? and occurred_at <= ? and received_at <= ?
				order by occurred_at, id
				""")
			.params(tenant.value(), profile.value(), SqlTime.of(asOf), SqlTime.of(asOf))
			.query(EventRepository.EVENT)
			.list();
	}

	/**
	 * Streams all events of some profiles, for example to rebuild a read model. Memory
	 * does not grow with the number of events.
	 * @param tenant the tenant
	 * @param profiles the profiles, after all merges
	 * @param sink receives one event at a time, in no particular order
	 */
	public void forEach(TenantId tenant, Collection<ProfileId> profiles, Consumer<Event> sink) {
		this.template.query((connection) -> {
			PreparedStatement statement = connection.prepareStatement("select " + EventRepository.COLUMNS + """
					 from ingestion.event where tenant_id = ? and profile_id = any(?::text[]::uuid[])
					""");
			statement.setFetchSize(FETCH_SIZE);
			statement.setString(1, tenant.value());
			statement.setObject(2, profiles.stream().map(ProfileId::toString).toArray(String[]::new));
			return statement;
		}, (RowCallbackHandler) (row) -> sink.accept(Objects.requireNonNull(EventRepository.EVENT.mapRow(row, 0))));
	}

}
