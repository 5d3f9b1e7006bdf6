package io.waypost.ingestion.deadletter;

import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;

import io.waypost.identity.Vault;
import io.waypost.ingestion.DeadLetter;
import io.waypost.ingestion.parse.DirectIdentifierFilter;
import io.waypost.ingestion.parse.EventBatch;
import io.waypost.ingestion.parse.EventParseResult;
import io.waypost.kernel.IdGenerator;
import io.waypost.kernel.Page;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Where events wait that could not be read, so that none is lost. */
@Component
public class DeadLetterRepository {

	private static final String COLUMNS = "id, source, reason, pointer, detail, received_at, replayed_at";

	/** Payloads of up to 32 KB each. */
	private static final int FETCH = 200;

	private final JdbcTemplate template;

	private final JdbcClient jdbc;

	private final Vault vault;

	private final IdGenerator ids;

	private final Clock clock;

	public DeadLetterRepository(JdbcTemplate template, JdbcClient jdbc, Vault vault, IdGenerator ids, Clock clock) {
		this.template = template;
		this.jdbc = jdbc;
		this.vault = vault;
		this.ids = ids;
		this.clock = clock;
	}

	public void add(TenantId tenant, String source, EventBatch envelope, @Nullable String type,
			List<EventParseResult.Rejected> unreadable, Instant receivedAt) {
		List<Object[]> rows = unreadable.stream()
			.map((one) -> new Object[] { tenant.value(), this.ids.next(), source, one.reason(),
					DirectIdentifierFilter.clean(one.pointer().replace("\0", "")), one.detail(),
					Timestamp.from(receivedAt),
					this.vault.sealUnassigned(tenant, envelope.singleEventBody(one.raw(), type)) })
			.toList();
		if (!rows.isEmpty()) {
			this.template.batchUpdate("""
					insert into ingestion.dead_letter
						(tenant_id, id, source, reason, pointer, detail, received_at, payload)
					values (?, ?, ?, ?, ?, ?, ?, ?)
					""", rows);
		}
	}

	/** Newest first; ids sort by time. */
	public Page<DeadLetter> list(TenantId tenant, int limit, @Nullable UUID before) {
		List<DeadLetter> found = this.jdbc
			.sql("select " + COLUMNS
					+ " from ingestion.dead_letter where tenant_id = ? and id < ? order by id desc limit ?")
			.params(tenant.value(), (before != null) ? before : new UUID(-1, -1), limit + 1)
			.query((row, number) -> letter(row))
			.list();
		boolean more = found.size() > limit;
		List<DeadLetter> items = more ? found.subList(0, limit) : found;
		return new Page<>(items, more ? items.getLast().id().toString() : null);
	}

	/** Locks a letter that still waits, until the end of the caller's transaction. */
	public Optional<PendingDeadLetter> lockPending(TenantId tenant, UUID id) {
		return this.jdbc.sql("""
				select payload, received_at from ingestion.dead_letter
				where tenant_id = ? and id = ? and replayed_at is null for update
				""")
			.params(tenant.value(), id)
			.query((row, number) -> new PendingDeadLetter(this.vault.unsealUnassigned(tenant, row.getBytes(1)),
					row.getTimestamp(2).toInstant()))
			.optional();
	}

	public void markReplayed(TenantId tenant, UUID id) {
		this.jdbc.sql("update ingestion.dead_letter set replayed_at = ? where tenant_id = ? and id = ?")
			.params(Timestamp.from(this.clock.instant()), tenant.value(), id)
			.update();
	}

	/**
	 * Finds the letters in which a person shows, replayed ones too. The payloads are
	 * sealed, so each has to be opened: fine for what is the exception, and streamed.
	 */
	void search(TenantId tenant, PersonalDataMatcher person, BiConsumer<DeadLetter, byte[]> sink) {
		this.template.query((connection) -> {
			PreparedStatement statement = connection.prepareStatement(
					"select " + COLUMNS + ", payload from ingestion.dead_letter where tenant_id = ? order by id");
			statement.setFetchSize(FETCH);
			statement.setString(1, tenant.value());
			return statement;
		}, (row) -> {
			byte[] payload = this.vault.unsealUnassigned(tenant, row.getBytes(8));
			if (person.isIn(new String(payload, StandardCharsets.UTF_8))) {
				sink.accept(letter(row), payload);
			}
		});
	}

	/** Deletes the letters in which a person shows. */
	public int delete(TenantId tenant, PersonalDataMatcher person) {
		List<UUID> found = new ArrayList<>();
		search(tenant, person, (letter, payload) -> found.add(letter.id()));
		return this.jdbc.sql("delete from ingestion.dead_letter where tenant_id = ? and id = any(?::text[]::uuid[])")
			.param(tenant.value())
			.param(found.stream().map(UUID::toString).toArray(String[]::new))
			.update();
	}

	private static DeadLetter letter(ResultSet row) throws SQLException {
		Timestamp replayed = row.getTimestamp(7);
		return new DeadLetter(row.getObject(1, UUID.class), row.getString(2), row.getString(3), row.getString(4),
				row.getString(5), row.getTimestamp(6).toInstant(), (replayed != null) ? replayed.toInstant() : null);
	}

	/** An opened payload and when it came in. */
	public record PendingDeadLetter(byte[] payload, Instant receivedAt) {
	}

}
