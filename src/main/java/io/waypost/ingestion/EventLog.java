package io.waypost.ingestion;

import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;

import io.waypost.access.InvalidRequest;
import io.waypost.ingestion.store.EventRepository;
import io.waypost.kernel.Page;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What happened, readable. */
@Component
public class EventLog {

	private static final int MOST = 500;

	private static final int FETCHED = 500;

	private final JdbcTemplate template;

	private final JdbcClient jdbc;

	EventLog(JdbcTemplate template, JdbcClient jdbc) {
		this.template = template;
		this.jdbc = jdbc;
	}

	/**
	 * A profile's events, newest first.
	 * @param tenant whose events
	 * @param profile whom
	 * @param limit 1 to 500
	 * @param cursor from the page before, or null
	 * @return one page
	 */
	public Page<Event> of(TenantId tenant, ProfileId profile, int limit, @Nullable String cursor) {
		int size = Math.clamp(limit, 1, MOST);
		Cursor from = Cursor.parse(cursor);
		List<Event> found = this.jdbc.sql("select " + EventRepository.COLUMNS + """
				 from ingestion.event
				where tenant_id = ? and profile_id = ? and (occurred_at, id) < (?, ?)
				order by occurred_at desc, id desc limit ?
				""")
			.params(tenant.value(), profile.value(), Timestamp.from(from.at()), from.id(), size + 1)
			.query(EventRepository.EVENT)
			.list();
		boolean more = found.size() > size;
		List<Event> items = more ? found.subList(0, size) : found;
		return new Page<>(items, more ? new Cursor(items.getLast().occurredAt(), items.getLast().id()).text() : null);
	}

	/**
	 * What was known of a profile at a past moment: events that had both happened and
	 * come in by then (bitemporal), oldest first.
	 * @param tenant whose events
	 * @param profile whom
	 * @param asOf the moment
	 * @return the events
	 */
	public List<Event> knownAt(TenantId tenant, ProfileId profile, Instant asOf) {
		return this.jdbc.sql("select " + EventRepository.COLUMNS + """
				 from ingestion.event
				where tenant_id = ? and profile_id = ? and occurred_at <= ? and received_at <= ?
				order by occurred_at, id
				""")
			.params(tenant.value(), profile.value(), Timestamp.from(asOf), Timestamp.from(asOf))
			.query(EventRepository.EVENT)
			.list();
	}

	/**
	 * Reads all that is on record of some people: for rooms that build up what they know
	 * anew. Memory does not grow with the number of events.
	 * @param tenant whose events
	 * @param profiles whom, after all merges
	 * @param sink takes one event after the other, in no particular order
	 */
	public void forEach(TenantId tenant, Collection<ProfileId> profiles, Consumer<Event> sink) {
		this.template.query((connection) -> {
			PreparedStatement statement = connection.prepareStatement("select " + EventRepository.COLUMNS + """
					 from ingestion.event where tenant_id = ? and profile_id = any(?::text[]::uuid[])
					""");
			statement.setFetchSize(FETCHED);
			statement.setString(1, tenant.value());
			statement.setObject(2, profiles.stream().map(ProfileId::toString).toArray(String[]::new));
			return statement;
		}, (RowCallbackHandler) (row) -> sink.accept(Objects.requireNonNull(EventRepository.EVENT.mapRow(row, 0))));
	}

	/** The last event of a page. */
	private record Cursor(Instant at, UUID id) {

		// Far enough, and within PostgreSQL's range
		private static final Cursor FIRST = new Cursor(Instant.parse("9999-12-31T23:59:59Z"), new UUID(-1, -1));

		static Cursor parse(@Nullable String text) {
			if (text == null || text.isEmpty()) {
				return FIRST;
			}
			try {
				String clear = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
				int space = clear.indexOf(' ');
				return new Cursor(Instant.parse(clear.substring(0, space)),
						UUID.fromString(clear.substring(space + 1)));
			}
			catch (RuntimeException notACursor) {
				throw InvalidRequest.badRequest("cursor",
						"is none that was handed out; leave it away for the first page");
			}
		}

		String text() {
			return Base64.getUrlEncoder()
				.withoutPadding()
				.encodeToString((this.at + " " + this.id).getBytes(StandardCharsets.UTF_8));
		}

	}

}
