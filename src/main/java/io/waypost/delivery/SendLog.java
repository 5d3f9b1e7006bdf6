package io.waypost.delivery;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import io.waypost.database.JsonColumn;
import io.waypost.database.SqlTime;
import io.waypost.delivery.store.SendLedger;
import io.waypost.delivery.store.SendRowMapper;
import io.waypost.kernel.Cursor;
import io.waypost.kernel.Page;
import io.waypost.kernel.SendId;
import io.waypost.kernel.TenantId;
import io.waypost.ledger.LedgerEntry;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads sends: lists, counts, and one send with its explanation. */
@Component
public class SendLog {

	/** Sections of the agents in the order in which they run. */
	private static final List<String> SECTIONS = List.of("plan", "features", "permission", "throttling", "variant",
			"versions", "scores", "findings", "inspection", "review");

	/**
	 * Sends that a list reads to find those of a status or a journey; takes about 50 ms.
	 */
	private static final int SCANNED = 10_000;

	private final JdbcClient jdbc;

	private final SendLedger sendLedger;

	private final JsonColumn json;

	private final int scanned;

	@Autowired
	public SendLog(JdbcClient jdbc, SendLedger sendLedger, JsonColumn json) {
		this(jdbc, sendLedger, json, SCANNED);
	}

	SendLog(JdbcClient jdbc, SendLedger sendLedger, JsonColumn json, int scanned) {
		this.scanned = scanned;
		this.jdbc = jdbc;
		this.sendLedger = sendLedger;
		this.json = json;
	}

	/**
	 * Lists sends, newest first. Status and journey have no index, because an index would
	 * make each change of a status slower. A list that is filtered by them reads a
	 * limited number of sends, so a page may have fewer rows than the limit and still a
	 * cursor.
	 * @param tenant tenant of the sends
	 * @param filter conditions of the sends
	 * @param limit 1 to 500
	 * @param cursor cursor of the previous page, or null
	 * @return one page; the list ends with the page without a cursor
	 */
	public Page<Send> list(TenantId tenant, SendFilter filter, int limit, @Nullable String cursor) {
		UUID before = Cursor.decodeId(cursor).orElse(null);
		boolean scans = filter.profile() == null && (filter.status() != null || filter.journey() != null);
		List<Send> sends = bind(
				this.jdbc.sql("select " + SendRowMapper.COLUMNS
						+ """
								 from (select * from delivery.send where tenant_id = :tenant%s%s) s
								where true%s order by s.id desc limit :limit
								""".formatted(indexed(filter, before),
								scans ? " order by id desc limit " + this.scanned : "", unindexed(filter))),
				tenant, filter, before)
			.param("limit", limit + 1)
			.query((row, number) -> SendRowMapper.send(row))
			.list();
		if (sends.size() > limit) {
			return new Page<>(sends.subList(0, limit), sends.get(limit - 1).id().toString());
		}
		return new Page<>(sends, scans ? lastScanned(tenant, filter, before) : null);
	}

	/**
	 * Where the next page starts after a scan that found too few rows; null at the end.
	 */
	private @Nullable String lastScanned(TenantId tenant, SendFilter filter, @Nullable UUID before) {
		SendFilter scanned = new SendFilter(null, filter.run(), null, null);
		return bind(this.jdbc
			.sql("select id from delivery.send where tenant_id = :tenant%s order by id desc offset %d limit 1"
				.formatted(indexed(scanned, before), this.scanned - 1)), tenant, scanned, before)
			.query((row, number) -> SendRowMapper.uuid(row, "id").toString())
			.optional()
			.orElse(null);
	}

	/** Only the conditions that apply: one plan for all filters would use no index. */
	private static String indexed(SendFilter filter, @Nullable UUID before) {
		return ((filter.profile() != null) ? " and profile_id = :profile" : "")
				+ ((filter.run() != null) ? " and run_id = :run" : "") + ((before != null) ? " and id < :before" : "");
	}

	private static String unindexed(SendFilter filter) {
		return ((filter.status() != null) ? " and s.status = :status" : "")
				+ ((filter.journey() != null) ? " and s.journey = :journey" : "");
	}

	private static JdbcClient.StatementSpec bind(JdbcClient.StatementSpec statement, TenantId tenant, SendFilter filter,
			@Nullable UUID before) {
		SendStatus status = filter.status();
		return statement.param("tenant", tenant.value())
			.param("profile", (filter.profile() == null) ? null : filter.profile().value())
			.param("run", (filter.run() == null) ? null : filter.run().value())
			.param("status", (status == null) ? null : status.key())
			.param("journey", filter.journey())
			.param("before", before);
	}

	/**
	 * Counts sends by status and reason.
	 * @param tenant tenant of the sends
	 * @param since planned at this time or later
	 * @return the largest counts first
	 */
	public List<SendStatusCount> countByStatus(TenantId tenant, Instant since) {
		return this.jdbc.sql("""
				select status, reason, count(*) as sends from delivery.send
				where tenant_id = :tenant and id >= :first and created_at >= :since
				group by status, reason order by sends desc, status, reason
				""")
			.param("tenant", tenant.value())
			.param("first", firstId(since))
			.param("since", SqlTime.of(since))
			.query((row, number) -> new SendStatusCount(SendStatus.of(row.getString("status")), row.getString("reason"),
					row.getLong("sends")))
			.list();
	}

	/**
	 * Counts the messages of a template. Ids start with the time, so the primary key
	 * limits the range.
	 * @param tenant tenant of the sends
	 * @param template template key
	 * @param since planned at this time or later
	 * @return the number, without test sends
	 */
	public long countByTemplate(TenantId tenant, String template, Instant since) {
		return this.jdbc.sql("""
				select count(*) from delivery.send
				where tenant_id = :tenant and id >= :first and template = :template and created_at >= :since
					and journey <> :test
				""")
			.param("tenant", tenant.value())
			.param("first", firstId(since))
			.param("template", template)
			.param("since", SqlTime.of(since))
			.param("test", SendRequest.TEST)
			.query(Long.class)
			.single();
	}

	/** Ids start with the time. */
	private static UUID firstId(Instant since) {
		return new UUID(since.toEpochMilli() << 16, 0);
	}

	/**
	 * Explains one send.
	 * @param tenant tenant of the send
	 * @param id id of the send
	 * @return the send with its explanation, empty when the tenant has no such send
	 */
	public Optional<ExplainedSend> find(TenantId tenant, SendId id) {
		return this.jdbc
			.sql("""
					select %s, %s, s.properties, s.permission, s.consent_version, s.queued_at, s.esp, s.provider_id,
						s.message_class, s.ledger_entries
					from delivery.send s %s where s.tenant_id = :tenant and s.id = :id
					""".formatted(SendRowMapper.COLUMNS, SendRowMapper.EXPLANATION_COLUMNS,
					SendRowMapper.JOIN_CONTENT + SendRowMapper.JOIN_EXPLANATION_PAGE))
			.param("tenant", tenant.value())
			.param("id", id.value())
			.query((row, number) -> explain(tenant, row))
			.optional();
	}

	/**
	 * Verifies the ledger entries about a send: each must be the one that was chained.
	 * @param tenant tenant of the send
	 * @param id id of the send
	 * @return whether all entries that are chained already are unchanged
	 */
	public boolean verify(TenantId tenant, SendId id) {
		List<UUID> shared = this.jdbc
			.sql("select ledger_entries from delivery.send where tenant_id = :tenant and id = :id")
			.param("tenant", tenant.value())
			.param("id", id.value())
			.query((row, number) -> SendRowMapper.uuids(row, "ledger_entries"))
			.optional()
			.orElse(List.of());
		return this.sendLedger.verify(tenant, id, shared);
	}

	private ExplainedSend explain(TenantId tenant, ResultSet row) throws SQLException {
		Send send = SendRowMapper.send(row);
		Map<String, Object> explanation = SendRowMapper.explanation(row, this.json);
		Map<String, Object> sections = new LinkedHashMap<>();
		sections.put("trigger", this.json.readMap(row.getString("trigger")));
		sections.put("properties", this.json.readMap(row.getString("properties")));
		sections.put("journey", Map.of("key", send.journey(), "run", send.run().toString(), "step", send.step(),
				"template", send.template(), "topic", send.topic(), "class", row.getString("message_class")));
		SECTIONS.stream().filter(explanation::containsKey).forEach((name) -> sections.put(name, explanation.get(name)));
		explanation.forEach(sections::putIfAbsent);
		sections.put("dispatch", dispatch(row));
		sections.put("attempts", attempts(tenant, send.id()));
		sections.put("events", events(tenant, send.id()));
		sections.put("ledger",
				this.sendLedger.about(tenant, send.id(), SendRowMapper.uuids(row, "ledger_entries"))
					.stream()
					.map(SendLog::entry)
					.toList());
		return new ExplainedSend(send, sections);
	}

	/** The permission and the provider call. */
	private Map<String, Object> dispatch(ResultSet row) throws SQLException {
		Map<String, Object> dispatch = new LinkedHashMap<>();
		put(dispatch, "queuedAt", SqlTime.readNullable(row, "queued_at"));
		put(dispatch, "acceptedAt", SqlTime.readNullable(row, "accepted_at"));
		put(dispatch, "esp", row.getString("esp"));
		put(dispatch, "providerId", row.getString("provider_id"));
		put(dispatch, "consentVersion", row.getObject("consent_version"));
		if (row.getString("permission") != null) {
			dispatch.put("permission", this.json.readMap(row.getString("permission")));
		}
		return dispatch;
	}

	/** The current attempt and the accepted one are stored in the send. */
	private List<Map<String, Object>> attempts(TenantId tenant, SendId id) {
		return this.jdbc.sql("""
				select number, esp, started_at, finished_at, outcome, reason from delivery.attempt
				where tenant_id = :tenant and send_id = :id
				union all
				select attempts, esp, started_at, accepted_at, 'accepted', null from delivery.send
				where tenant_id = :tenant and id = :id and started_at is not null
				union all
				select attempts, esp, updated_at, null, null, null from delivery.send
				where tenant_id = :tenant and id = :id and status = 'submitting'
				order by number
				""").param("tenant", tenant.value()).param("id", id.value()).query((row, number) -> {
			Map<String, Object> attempt = new LinkedHashMap<>();
			put(attempt, "number", row.getInt("number"));
			put(attempt, "esp", row.getString("esp"));
			put(attempt, "startedAt", SqlTime.readNullable(row, "started_at"));
			put(attempt, "finishedAt", SqlTime.readNullable(row, "finished_at"));
			put(attempt, "outcome", row.getString("outcome"));
			put(attempt, "reason", row.getString("reason"));
			return attempt;
		}).list();
	}

	private List<Map<String, Object>> events(TenantId tenant, SendId id) {
		return this.jdbc.sql("""
				select type, occurred_at, nullif(link, -1) as link, machine, reason from delivery.send_event
				where tenant_id = :tenant and send_id = :id order by occurred_at, received_at
				""").param("tenant", tenant.value()).param("id", id.value()).query((row, number) -> {
			Map<String, Object> event = new LinkedHashMap<>();
			put(event, "type", row.getString("type"));
			put(event, "at", SqlTime.readNullable(row, "occurred_at"));
			put(event, "link", row.getObject("link"));
			put(event, "machine", row.getBoolean("machine"));
			put(event, "reason", row.getString("reason"));
			return event;
		}).list();
	}

	private static Map<String, Object> entry(LedgerEntry entry) {
		Map<String, Object> facts = new LinkedHashMap<>();
		facts.put("at", entry.at());
		facts.put("kind", entry.kind());
		facts.put("actor", entry.actor());
		facts.put("facts", entry.facts());
		return facts;
	}

	private static void put(Map<String, Object> section, String name, @Nullable Object value) {
		if (value != null) {
			section.put(name, Objects.requireNonNull(value));
		}
	}

}
