package io.waypost.delivery.tracking;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import io.waypost.delivery.Send;
import io.waypost.delivery.SendStateMachine;
import io.waypost.delivery.SendStatus;
import io.waypost.delivery.outbox.MessageEventOutbox;
import io.waypost.delivery.store.DeliveryColumns;
import io.waypost.delivery.store.SendRowMapper;
import io.waypost.delivery.tracking.SendEvent.Type;
import io.waypost.identity.AddressHash;
import io.waypost.kernel.SendId;
import io.waypost.kernel.TenantId;
import io.waypost.ledger.Ledger;
import io.waypost.ledger.LedgerEntry;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What happened to sends after they left. Repeats change nothing, order does not matter,
 * and a late report resolves an unknown outcome.
 */
@Component
public class SendEventRepository {

	private static final Set<SendStatus> TELLING = Set.of(SendStatus.BOUNCED, SendStatus.COMPLAINED,
			SendStatus.DROPPED);

	private final JdbcClient jdbc;

	private final TransactionTemplate transaction;

	private final MessageEventOutbox messages;

	private final Ledger ledger;

	private final Clock clock;

	public SendEventRepository(JdbcClient jdbc, TransactionTemplate transaction, MessageEventOutbox messages,
			Ledger ledger, Clock clock) {
		this.jdbc = jdbc;
		this.transaction = transaction;
		this.messages = messages;
		this.ledger = ledger;
		this.clock = clock;
	}

	/**
	 * Records events in the caller's transaction or one of its own.
	 * @param events any number, of any tenants
	 * @return those that were new and belong to a send we know, in the given order
	 */
	public List<RecordedSendEvent> record(List<SendEvent> events) {
		if (events.isEmpty()) {
			return List.of();
		}
		List<RecordedSendEvent> recorded = this.transaction.execute((status) -> {
			Map<SendId, Locked> sends = lock(events);
			List<SendEvent> fresh = insert(events, sends);
			Map<SendId, SendStatus> moves = moves(fresh, sends);
			move(moves, fresh, sends);
			return result(fresh, sends, moves);
		});
		return Objects.requireNonNull(recorded);
	}

	/**
	 * Finds which ids are sends of ours, whoever's.
	 * @param ids as a provider reports them
	 * @return those that are
	 */
	public Set<SendId> filterKnown(Collection<SendId> ids) {
		return new HashSet<>(this.jdbc.sql("select id from delivery.send where id = any(:ids::uuid[])")
			.param("ids", DeliveryColumns.of(ids, (id) -> id))
			.query((row, number) -> new SendId(SendRowMapper.uuid(row, "id")))
			.list());
	}

	/**
	 * Finds when a send was delivered or, unknown that, accepted.
	 * @param tenant whose
	 * @param id which
	 * @return the moment, empty when it never went out
	 */
	public Optional<Instant> findDeliveredAt(TenantId tenant, SendId id) {
		return this.jdbc.sql("""
				select coalesce(delivered_at, accepted_at) as at from delivery.send
				where tenant_id = :tenant and id = :id and accepted_at is not null
				""")
			.param("tenant", tenant.value())
			.param("id", id.value())
			.query((row, number) -> row.getTimestamp("at").toInstant())
			.optional();
	}

	/**
	 * Locked in the order of ids, so that two webhooks about the same sends cannot
	 * deadlock.
	 */
	private Map<SendId, Locked> lock(List<SendEvent> events) {
		Map<SendId, Locked> sends = new HashMap<>();
		this.jdbc.sql("select s.tenant_id, s.address_hash, s.delivered_at, " + SendRowMapper.COLUMNS + """
				 from delivery.send s where s.id = any(:ids::uuid[]) order by s.id for update
				""").param("ids", DeliveryColumns.of(events, SendEvent::send)).query((row) -> {
			Send send = SendRowMapper.send(row);
			String hash = row.getString("address_hash");
			sends.put(send.id(), new Locked(new TenantId(row.getString("tenant_id")), send,
					(hash == null) ? null : new AddressHash(hash), SendRowMapper.instant(row, "delivered_at")));
		});
		return sends;
	}

	private List<SendEvent> insert(List<SendEvent> events, Map<SendId, Locked> sends) {
		List<SendEvent> known = events.stream().filter((event) -> sends.containsKey(event.send())).toList();
		Set<Key> fresh = new HashSet<>(this.jdbc
			.sql("""
					insert into delivery.send_event (tenant_id, send_id, type, occurred_at, link, machine, reason, received_at)
					select *, :now from unnest(:tenants::text[], :sends::uuid[], :types::text[], :ats::timestamptz[],
						:links::int[], :machines::boolean[], :reasons::text[])
					on conflict do nothing
					returning send_id, type, occurred_at, link
					""")
			.param("now", DeliveryColumns.time(this.clock.instant()))
			.param("tenants",
					DeliveryColumns.of(known, (event) -> Objects.requireNonNull(sends.get(event.send())).tenant()))
			.param("sends", DeliveryColumns.of(known, SendEvent::send))
			.param("types", DeliveryColumns.of(known, (event) -> name(event.type())))
			.param("ats", DeliveryColumns.of(known, SendEvent::at))
			.param("links", DeliveryColumns.of(known, (event) -> Objects.requireNonNullElse(event.link(), -1)))
			.param("machines", DeliveryColumns.of(known, SendEvent::machine))
			.param("reasons", DeliveryColumns.of(known, SendEvent::reason))
			.query((row, number) -> new Key(SendRowMapper.uuid(row, "send_id"), row.getString("type"),
					row.getTimestamp("occurred_at").toInstant().toEpochMilli(), row.getInt("link")))
			.list());
		// remove, so that a repeat inside one batch counts once
		return known.stream().filter((event) -> fresh.remove(Key.of(event))).toList();
	}

	/** Folds the events of each send through the state machine. */
	private static Map<SendId, SendStatus> moves(List<SendEvent> events, Map<SendId, Locked> sends) {
		Map<SendId, SendStatus> moves = new HashMap<>();
		for (SendEvent event : events) {
			SendStatus now = moves.getOrDefault(event.send(),
					Objects.requireNonNull(sends.get(event.send())).send().status());
			if (SendStateMachine.isAllowed(now, event.type().impliedStatus())) {
				moves.put(event.send(), event.type().impliedStatus());
			}
		}
		return moves;
	}

	private void move(Map<SendId, SendStatus> moves, List<SendEvent> events, Map<SendId, Locked> sends) {
		if (moves.isEmpty()) {
			return;
		}
		List<Move> rows = new ArrayList<>();
		moves.forEach((id, status) -> {
			Instant at = at(id, events, (status == SendStatus.DELIVERED) ? Type.DELIVERED : null);
			rows.add(new Move(Objects.requireNonNull(sends.get(id)).tenant(), id, status, reason(id, events), at));
		});
		update(rows);
		this.ledger.record(rows.stream().filter((row) -> TELLING.contains(row.status())).map(Move::entry).toList());
		this.messages.enqueue(rows.stream().map(Move::message).toList());
	}

	private void update(List<Move> rows) {
		this.jdbc.sql("""
				update delivery.send s
				set status = m.status,
					reason = m.reason,
					accepted_at = coalesce(s.accepted_at, m.at),
					delivered_at = case when m.status in ('delivered', 'complained') then coalesce(s.delivered_at, m.at)
						else s.delivered_at end,
					lease_until = null,
					unknown_since = null,
					updated_at = :now
				from unnest(:tenants::text[], :ids::uuid[], :statuses::text[], :reasons::text[], :ats::timestamptz[])
					as m(tenant_id, id, status, reason, at)
				where s.tenant_id = m.tenant_id and s.id = m.id
				""")
			.param("now", DeliveryColumns.time(this.clock.instant()))
			.param("tenants", DeliveryColumns.of(rows, Move::tenant))
			.param("ids", DeliveryColumns.of(rows, Move::send))
			.param("statuses", DeliveryColumns.of(rows, (row) -> DeliveryColumns.name(row.status())))
			.param("reasons", DeliveryColumns.of(rows, Move::reason))
			.param("ats", DeliveryColumns.of(rows, Move::at))
			.update();
	}

	private static Instant at(SendId id, List<SendEvent> events, @Nullable Type type) {
		return events.stream()
			.filter((event) -> event.send().equals(id) && (type == null || event.type() == type))
			.map(SendEvent::at)
			.min(Instant::compareTo)
			.orElseThrow();
	}

	private static @Nullable String reason(SendId id, List<SendEvent> events) {
		return events.stream()
			.filter((event) -> event.send().equals(id) && TELLING.contains(event.type().impliedStatus()))
			.map((event) -> Optional.ofNullable(event.reason()).orElse(name(event.type())))
			.reduce((earlier, later) -> later)
			.orElse(null);
	}

	private static List<RecordedSendEvent> result(List<SendEvent> fresh, Map<SendId, Locked> sends,
			Map<SendId, SendStatus> moves) {
		Map<SendId, Instant> deliveries = deliveries(fresh);
		return fresh.stream().map((event) -> {
			Locked locked = Objects.requireNonNull(sends.get(event.send()));
			Send send = locked.send();
			Send after = new Send(send.id(), send.profile(), send.run(), send.journey(), send.step(), send.template(),
					send.topic(), moves.getOrDefault(send.id(), send.status()), send.reason(), send.variant(),
					send.deferredUntil(), send.createdAt(), send.acceptedAt());
			Instant deliveredAt = (locked.deliveredAt() != null) ? locked.deliveredAt() : deliveries.get(send.id());
			return new RecordedSendEvent(locked.tenant(), after, event, locked.addressHash(), deliveredAt);
		}).toList();
	}

	/** Reports of a delivery and of an open may come together, in any order. */
	private static Map<SendId, Instant> deliveries(List<SendEvent> fresh) {
		Map<SendId, Instant> deliveries = new HashMap<>();
		fresh.stream()
			.filter((event) -> event.type() == Type.DELIVERED)
			.forEach((event) -> deliveries.merge(event.send(), event.at(),
					(one, other) -> one.isBefore(other) ? one : other));
		return deliveries;
	}

	private static String name(Type type) {
		return type.name().toLowerCase(Locale.ROOT);
	}

	private record Locked(TenantId tenant, Send send, @Nullable AddressHash addressHash,
			@Nullable Instant deliveredAt) {

	}

	private record Key(UUID send, String type, long at, int link) {

		static Key of(SendEvent event) {
			return new Key(event.send().value(), name(event.type()), event.at().toEpochMilli(),
					Objects.requireNonNullElse(event.link(), -1));
		}

	}

	private record Move(TenantId tenant, SendId send, SendStatus status, @Nullable String reason, Instant at) {

		LedgerEntry entry() {
			return new LedgerEntry(this.tenant, this.at, "send." + DeliveryColumns.name(this.status),
					"send:" + this.send, "system", Map.of("reason", Objects.requireNonNullElse(this.reason, "none")));
		}

		MessageEventOutbox.MessageEvent message() {
			return new MessageEventOutbox.MessageEvent(this.tenant, this.send, DeliveryColumns.name(this.status),
					this.reason, this.at);
		}

	}

}
