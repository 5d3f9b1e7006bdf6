package io.waypost.delivery.queue;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

import io.waypost.content.EmailDraft;
import io.waypost.database.JsonColumn;
import io.waypost.database.SqlTime;
import io.waypost.delivery.ContentClearance;
import io.waypost.delivery.SharedContents;
import io.waypost.delivery.content.MessageSource;
import io.waypost.delivery.store.SendRowMapper;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.SendId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Finds and locks due sends. Messages of journeys come first; the rest of a batch is
 * shared by the campaigns that are not paused. The rows of {@code delivery.queue} are
 * hints: a hint is deleted when its send is claimed, or when the send is no longer
 * queued.
 */
@Component
class SendQueue {

	private static final String COLUMNS = "s.tenant_id, s.id, s.profile_id, s.journey, s.topic, s.draft, s.links, "
			+ "s.content_id, s.fence, s.attempts, s.refused_by, greatest(s.queued_at, s.ready_at) as since, "
			+ "s.explanation #>> '{inspection,brand}' as brand";

	/**
	 * Reads each send by its key, written so that no generic plan that was made for a
	 * small table scans the whole table. Two hints for one send must not produce two
	 * messages.
	 */
	private static final String DELETE_HINTS_AND_LOCK = """
			taken as (
				delete from delivery.queue where ctid = any(array(select ctid from due)) returning tenant_id, send_id
			)
			select s.* from (select distinct tenant_id, send_id from taken) t cross join lateral (
				select %s from delivery.send s
				where s.tenant_id = t.tenant_id and s.id = t.send_id and s.status = 'queued' and s.ready_at <= :now
				limit 1 for update) s
			""".formatted(COLUMNS);

	private static final String LOCK_JOURNEY_SENDS = """
			with due as (
				select ctid from delivery.queue where campaign_id is null and ready_at <= :now
				order by ready_at limit :limit for update skip locked
			),
			""" + DELETE_HINTS_AND_LOCK;

	/**
	 * The first part reads one row per campaign along the index (loose index scan), so
	 * its cost does not depend on the number of queued sends.
	 */
	private static final String LOCK_CAMPAIGN_SENDS = """
			with recursive first as (
				(select tenant_id, campaign_id, ready_at from delivery.queue where campaign_id is not null
					order by tenant_id, campaign_id, ready_at limit 1)
				union all
				select next.* from first f cross join lateral (
					select tenant_id, campaign_id, ready_at from delivery.queue
					where campaign_id is not null and (tenant_id, campaign_id) > (f.tenant_id, f.campaign_id)
					order by tenant_id, campaign_id, ready_at limit 1) next
			), open as (
				select f.tenant_id, f.campaign_id from first f
				where f.ready_at <= :now and not exists (select from delivery.campaign_pause h
					where h.tenant_id = f.tenant_id and h.campaign_id = f.campaign_id)
			), due as (
				select q.ctid from open o cross join lateral (
					select q.ctid from delivery.queue q
					where q.tenant_id = o.tenant_id and q.campaign_id = o.campaign_id and q.ready_at <= :now
					order by q.ready_at
					limit (select greatest(1, :limit / count(*)) from open)
					for update skip locked) q
				limit :limit
			),
			""" + DELETE_HINTS_AND_LOCK;

	private final JdbcClient jdbc;

	private final SharedContents contents;

	private final JsonColumn json;

	private final Clock clock;

	SendQueue(JdbcClient jdbc, SharedContents contents, JsonColumn json, Clock clock) {
		this.jdbc = jdbc;
		this.contents = contents;
		this.json = json;
		this.clock = clock;
	}

	/**
	 * Locks due sends until the caller's transaction ends.
	 * @param limit maximum number
	 * @return sends that no other transaction has locked
	 */
	List<QueuedSend> lockDue(int limit) {
		planForLongQueues();
		List<Row> rows = new ArrayList<>(lock(LOCK_JOURNEY_SENDS, limit));
		if (rows.size() < limit) {
			rows.addAll(lock(LOCK_CAMPAIGN_SENDS, limit - rows.size()));
		}
		Map<TenantId, Map<UUID, SharedContents.LinkedContent>> shared = shared(rows);
		return rows.stream().map((row) -> row.toQueuedSend(shared.getOrDefault(row.tenant(), Map.of()))).toList();
	}

	/**
	 * Disables sequential scans and sorts. A generic plan that is made while the queue is
	 * empty would use both and keep them with 100,000 queued sends.
	 */
	private void planForLongQueues() {
		this.jdbc.sql("select set_config('enable_seqscan', 'off', true), set_config('enable_sort', 'off', true)")
			.query((row) -> {
			});
	}

	private List<Row> lock(String sql, int limit) {
		OffsetDateTime now = SqlTime.of(this.clock.instant());
		return this.jdbc.sql(sql).param("now", now).param("limit", limit).query((row, number) -> read(row)).list();
	}

	private Map<TenantId, Map<UUID, SharedContents.LinkedContent>> shared(List<Row> rows) {
		Map<TenantId, Set<UUID>> idsByTenant = new HashMap<>();
		for (Row row : rows) {
			if (row.draft() == null && row.content() != null) {
				idsByTenant.computeIfAbsent(row.tenant(), (tenant) -> new HashSet<>()).add(row.content());
			}
		}
		Map<TenantId, Map<UUID, SharedContents.LinkedContent>> shared = new HashMap<>();
		idsByTenant.forEach((tenant, ids) -> shared.put(tenant, this.contents.read(tenant, ids)));
		return shared;
	}

	private Row read(ResultSet row) throws SQLException {
		return new Row(new TenantId(row.getString(1)), new SendId(row.getObject(2, UUID.class)),
				new ProfileId(row.getObject(3, UUID.class)), row.getString(4), row.getString(5),
				this.json.readNullable(row.getString(6), EmailDraft.class), SendRowMapper.texts(row, "links"),
				row.getObject(8, UUID.class), row.getInt(9), row.getInt(10), SendRowMapper.texts(row, "refused_by"),
				SqlTime.read(row, "since"), row.getString("brand"));
	}

	private record Row(TenantId tenant, SendId send, ProfileId profile, String journey, String topic,
			@Nullable EmailDraft draft, List<String> links, @Nullable UUID content, int fence, int attempts,
			List<String> refusedBy, Instant since, @Nullable String brand) {

		QueuedSend toQueuedSend(Map<UUID, SharedContents.LinkedContent> shared) {
			SharedContents.LinkedContent own = (this.draft == null) ? shared.get(this.content) : null;
			return new QueuedSend(toSource(shared), this.fence, this.attempts, this.refusedBy, this.since,
					(own != null) ? own.validity() : null);
		}

		private MessageSource toSource(Map<UUID, SharedContents.LinkedContent> shared) {
			if (this.draft != null || this.content == null) {
				return new MessageSource(this.tenant, this.send, this.profile, this.journey, this.topic,
						Objects.requireNonNull(this.draft), this.links, null, this.brand);
			}
			SharedContents.LinkedContent toSource = Objects.requireNonNull(shared.get(this.content));
			return new MessageSource(this.tenant, this.send, this.profile, this.journey, this.topic, toSource.draft(),
					toSource.links(), toSource.id(), toSource.brand());
		}

	}

	/**
	 * A locked send.
	 *
	 * @param source what the message is made of
	 * @param fence fence of the last claim
	 * @param attempts number of attempts so far
	 * @param refusedBy providers that refused it in this round
	 * @param since since when it could have been sent
	 * @param validity until when its content may be sent, null without limit
	 */
	record QueuedSend(MessageSource source, int fence, int attempts, List<String> refusedBy, Instant since,
			ContentClearance.@Nullable ContentValidity validity) {

	}

}
