package io.waypost.ingestion.deadletter;

import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;

import io.waypost.database.SqlArray;
import io.waypost.database.SqlTime;
import io.waypost.identity.Vault;
import io.waypost.ingestion.DeadLetter;
import io.waypost.ingestion.parse.DirectIdentifierFilter;
import io.waypost.ingestion.parse.EventBatch;
import io.waypost.ingestion.parse.EventParseResult;
import io.waypost.kernel.Cursor;
import io.waypost.kernel.IdGenerator;
import io.waypost.kernel.Page;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** SQL access to failed events. Payloads are encrypted with the tenant's key. */
@Component
public class DeadLetterRepository {

	private static final String COLUMNS = """
			id, source, reason, pointer, detail, received_at, edited_by, edited_at, replayed_at""";

	/** Payloads have up to 32 KB each. */
	private static final int FETCH = 200;

	private static final UUID GREATEST_ID = new UUID(-1, -1);

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

	public void add(TenantId tenant, String source, EventBatch batch, @Nullable String type,
			List<EventParseResult.Rejected> rejected, Instant receivedAt) {
		List<Object[]> rows = rejected.stream()
			.map((one) -> new Object[] { tenant.value(), this.ids.next(), source, one.reason(),
					DirectIdentifierFilter.clean(one.pointer().replace("\0", "")), one.detail(), SqlTime.of(receivedAt),
					this.vault.sealUnassigned(tenant, batch.singleEventBody(one.raw(), type)) })
			.toList();
		if (!rows.isEmpty()) {
			this.template.batchUpdate("""
					insert into ingestion.dead_letter
						(tenant_id, id, source, reason, pointer, detail, received_at, payload)
					values (?, ?, ?, ?, ?, ?, ?, ?)
					""", rows);
		}
	}

	/** Lists failed events, newest first; ids are ordered by time. */
	public Page<DeadLetter> list(TenantId tenant, int limit, @Nullable String cursor) {
		UUID before = Cursor.decode(cursor, 1).map((last) -> last.uuid(0)).orElse(GREATEST_ID);
		List<DeadLetter> found = this.jdbc
			.sql("select " + COLUMNS
					+ " from ingestion.dead_letter where tenant_id = ? and id < ? order by id desc limit ?")
			.params(tenant.value(), before, limit + 1)
			.query((row, number) -> failedEvent(row))
			.list();
		return Cursor.page(found, limit, (failedEvent) -> Cursor.of(failedEvent.id()));
	}

	/** Finds a failed event with its decrypted payloads. */
	public Optional<StoredDeadLetter> find(TenantId tenant, UUID id) {
		return this.jdbc
			.sql("select " + COLUMNS
					+ ", payload, edited_payload from ingestion.dead_letter where tenant_id = ? and id = ?")
			.params(tenant.value(), id)
			.query((row, number) -> {
				byte[] edited = row.getBytes("edited_payload");
				return new StoredDeadLetter(failedEvent(row),
						this.vault.unsealUnassigned(tenant, row.getBytes("payload")),
						(edited != null) ? this.vault.unsealUnassigned(tenant, edited) : null);
			})
			.optional();
	}

	/**
	 * Stores a corrected payload beside the original one.
	 * @return false when the failed event does not exist or was replayed
	 */
	public boolean edit(TenantId tenant, UUID id, byte[] payload, String actor) {
		return this.jdbc.sql("""
				update ingestion.dead_letter set edited_payload = ?, edited_by = ?, edited_at = ?
				where tenant_id = ? and id = ? and replayed_at is null
				""")
			.params(this.vault.sealUnassigned(tenant, payload), actor, SqlTime.of(this.clock.instant()), tenant.value(),
					id)
			.update() == 1;
	}

	/**
	 * Marks a failed event as replayed.
	 * @return false when it was replayed or edited by another request since it was read
	 */
	public boolean markReplayed(TenantId tenant, DeadLetter failedEvent) {
		return this.jdbc.sql("""
				update ingestion.dead_letter set replayed_at = ?
				where tenant_id = ? and id = ? and replayed_at is null and edited_at is not distinct from ?::timestamptz
				""")
			.params(SqlTime.of(this.clock.instant()), tenant.value(), failedEvent.id(),
					SqlTime.ofNullable(failedEvent.editedAt()))
			.update() == 1;
	}

	/**
	 * Finds the failed events that contain data of a person, replayed ones too. Payloads
	 * are encrypted, so each one is decrypted: some microseconds for each failed event of
	 * the tenant. Rows are streamed.
	 */
	void search(TenantId tenant, PersonalDataMatcher person, BiConsumer<DeadLetter, byte[]> sink) {
		this.template.query((connection) -> {
			PreparedStatement statement = connection.prepareStatement("select " + COLUMNS
					+ ", payload, edited_payload from ingestion.dead_letter where tenant_id = ? order by id");
			statement.setFetchSize(FETCH);
			statement.setString(1, tenant.value());
			return statement;
		}, (row) -> {
			byte[] original = this.vault.unsealUnassigned(tenant, row.getBytes("payload"));
			byte[] edited = row.getBytes("edited_payload");
			byte[] current = (edited != null) ? this.vault.unsealUnassigned(tenant, edited) : original;
			if (person.isIn(text(original)) || person.isIn(text(current))) {
				sink.accept(failedEvent(row), current);
			}
		});
	}

	/** Deletes the failed events that contain data of a person. */
	int delete(TenantId tenant, PersonalDataMatcher person) {
		List<UUID> found = new ArrayList<>();
		search(tenant, person, (failedEvent, payload) -> found.add(failedEvent.id()));
		return this.jdbc.sql("delete from ingestion.dead_letter where tenant_id = ? and id = any(?)")
			.param(tenant.value())
			.param(SqlArray.uuids(found))
			.update();
	}

	private static String text(byte[] payload) {
		return new String(payload, StandardCharsets.UTF_8);
	}

	private static DeadLetter failedEvent(ResultSet row) throws SQLException {
		return new DeadLetter(row.getObject("id", UUID.class), row.getString("source"), row.getString("reason"),
				row.getString("pointer"), row.getString("detail"), SqlTime.read(row, "received_at"),
				row.getString("edited_by"), SqlTime.readNullable(row, "edited_at"),
				SqlTime.readNullable(row, "replayed_at"));
	}

	/**
	 * A failed event with its payloads.
	 *
	 * @param failedEvent the failed event
	 * @param original the payload as it was received
	 * @param edited the corrected payload, null when it was not edited
	 */
	public record StoredDeadLetter(DeadLetter failedEvent, byte[] original, byte @Nullable [] edited) {

		/** Returns the payload that is replayed: the corrected one if there is one. */
		public byte[] current() {
			return (this.edited != null) ? this.edited : this.original;
		}

	}

}
