package io.waypost.delivery.tracking;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

import io.waypost.database.SqlArray;
import io.waypost.database.SqlTime;
import io.waypost.delivery.Send;
import io.waypost.delivery.SendStateMachine;
import io.waypost.delivery.SendStatus;
import io.waypost.delivery.outbox.MessageEventOutbox;
import io.waypost.delivery.store.SendRowMapper;
import io.waypost.delivery.tracking.SendEvent.Type;
import io.waypost.identity.AddressHash;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.SendId;
import io.waypost.kernel.TenantId;
import io.waypost.ledger.Ledger;
import io.waypost.ledger.LedgerEntry;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Records events about sends. Repeated events change nothing, the order does not matter,
 * and a late event resolves an unknown outcome.
 */
@Component
public class SendEventRepository {

	private static final Set<SendStatus> LEDGER_STATUSES = Set.of(SendStatus.BOUNCED, SendStatus.COMPLAINED,
			SendStatus.DROPPED);

	private final JdbcClient jdbc;

	private final TransactionTemplate transaction;

	private final MessageEventOutbox outbox;

	private final Ledger ledger;

	private final Clock clock;

	public SendEventRepository(JdbcClient jdbc, TransactionTemplate transaction, MessageEventOutbox outbox,
			Ledger ledger, Clock clock) {
		this.jdbc = jdbc;
		this.transaction = transaction;
		this.outbox = outbox;
		this.ledger = ledger;
		this.clock = clock;
	}

	/**
	 * Records events in the caller's transaction or in one of its own.
	 * @param events any number, of any tenants
	 * @return those that are new and belong to a known send, in the given order
	 */
	public List<RecordedSendEvent> record(List<SendEvent> events) {
		if (events.isEmpty()) {
			return List.of();
		}
		List<RecordedSendEvent> recorded = this.transaction.execute((status) -> {
			Map<SendId, LockedSend> sends = lock(events);
			List<SendEvent> newEvents = insert(events, sends);
			Map<SendId, SendStatus> transitions = transitions(newEvents, sends);
			applyTransitions(transitions, newEvents, sends);
			return result(newEvents, sends, transitions);
		});
		return Objects.requireNonNull(recorded);
	}

	/**
	 * Returns those ids that are sends of any tenant.
	 * @param ids ids as reported by a provider
	 * @return the known ones
	 */
	public Set<SendId> filterKnown(Collection<SendId> ids) {
		return new HashSet<>(this.jdbc.sql("select id from delivery.send where id = any(:ids::uuid[])")
			.param("ids", SqlArray.uuids(ids, (id) -> id.value()))
			.query((row, number) -> new SendId(SendRowMapper.uuid(row, "id")))
			.list());
	}

	/**
	 * Finds the recipients of sends without locks.
	 * @param ids ids of sends, of any tenants
	 * @return the profiles of known sends by tenant
	 */
	public Map<TenantId, Set<ProfileId>> findRecipients(Collection<SendId> ids) {
		Map<TenantId, Set<ProfileId>> recipients = new TreeMap<>(Comparator.comparing(TenantId::value));
		this.jdbc.sql("select distinct tenant_id, profile_id from delivery.send where id = any(:ids::uuid[])")
			.param("ids", SqlArray.uuids(ids, SendId::value))
			.query((row) -> {
				recipients.computeIfAbsent(new TenantId(row.getString("tenant_id")), (tenant) -> new HashSet<>())
					.add(new ProfileId(SendRowMapper.uuid(row, "profile_id")));
			});
		return recipients;
	}

	/**
	 * Finds when a send was delivered or, if no delivery is reported, accepted.
	 * @param tenant tenant of the send
	 * @param id id of the send
	 * @return the time, empty when it was not accepted yet
	 */
	public Optional<Instant> findDeliveredAt(TenantId tenant, SendId id) {
		return this.jdbc.sql("""
				select coalesce(delivered_at, accepted_at) as at from delivery.send
				where tenant_id = :tenant and id = :id and accepted_at is not null
				""")
			.param("tenant", tenant.value())
			.param("id", id.value())
			.query((row, number) -> SqlTime.read(row, "at"))
			.optional();
	}

	/**
	 * Locks the sends in the order of their ids, so that two webhooks about the same
	 * sends cannot deadlock.
	 */
	private Map<SendId, LockedSend> lock(List<SendEvent> events) {
		Map<SendId, LockedSend> sends = new HashMap<>();
		this.jdbc.sql("select s.tenant_id, s.address_hash, s.delivered_at, " + SendRowMapper.COLUMNS + """
				 from delivery.send s where s.id = any(:ids::uuid[]) order by s.id for update
				""").param("ids", SqlArray.uuids(events, (row) -> row.send().value())).query((row) -> {
			Send send = SendRowMapper.send(row);
			String hash = row.getString("address_hash");
			sends.put(send.id(), new LockedSend(new TenantId(row.getString("tenant_id")), send,
					(hash == null) ? null : new AddressHash(hash), SqlTime.readNullable(row, "delivered_at")));
		});
		return sends;
	}

	private List<SendEvent> insert(List<SendEvent> events, Map<SendId, LockedSend> sends) {
		List<SendEvent> known = events.stream().filter((event) -> sends.containsKey(event.send())).toList();
		Set<EventKey> newEvents = new HashSet<>(this.jdbc
			.sql("""
					insert into delivery.send_event (tenant_id, send_id, type, occurred_at, link, machine, reason, received_at)
					select *, :now from unnest(:tenants::text[], :sends::uuid[], :types::text[], :ats::timestamptz[],
						:links::int[], :machines::boolean[], :reasons::text[])
					on conflict do nothing
					returning send_id, type, occurred_at, link
					""")
			.param("now", SqlTime.of(this.clock.instant()))
			.param("tenants",
					SqlArray.texts(known, (event) -> Objects.requireNonNull(sends.get(event.send())).tenant().value()))
			.param("sends", SqlArray.uuids(known, (row) -> row.send().value()))
			.param("types", SqlArray.texts(known, (event) -> name(event.type())))
			.param("ats", SqlArray.times(known, SendEvent::at))
			.param("links", SqlArray.ints(known, (event) -> Objects.requireNonNullElse(event.link(), -1)))
			.param("machines", SqlArray.booleans(known, SendEvent::machine))
			.param("reasons", SqlArray.texts(known, SendEvent::reason))
			.query((row, number) -> new EventKey(SendRowMapper.uuid(row, "send_id"), row.getString("type"),
					SqlTime.read(row, "occurred_at").toEpochMilli(), row.getInt("link")))
			.list());
		// remove(): an event that is repeated within the batch counts once
		return known.stream().filter((event) -> newEvents.remove(EventKey.of(event))).toList();
	}

	/** Applies the events of each send to the state machine. */
	private static Map<SendId, SendStatus> transitions(List<SendEvent> events, Map<SendId, LockedSend> sends) {
		Map<SendId, SendStatus> transitions = new HashMap<>();
		for (SendEvent event : events) {
			SendStatus now = transitions.getOrDefault(event.send(),
					Objects.requireNonNull(sends.get(event.send())).send().status());
			if (SendStateMachine.isAllowed(now, event.type().impliedStatus())) {
				transitions.put(event.send(), event.type().impliedStatus());
			}
		}
		return transitions;
	}

	private void applyTransitions(Map<SendId, SendStatus> transitions, List<SendEvent> events,
			Map<SendId, LockedSend> sends) {
		if (transitions.isEmpty()) {
			return;
		}
		List<StatusChange> rows = new ArrayList<>();
		transitions.forEach((id, status) -> {
			Instant at = at(id, events, (status == SendStatus.DELIVERED) ? Type.DELIVERED : null);
			rows.add(new StatusChange(Objects.requireNonNull(sends.get(id)).tenant(), id, status, reason(id, events),
					at));
		});
		update(rows);
		this.ledger.record(rows.stream()
			.filter((row) -> LEDGER_STATUSES.contains(row.status()))
			.map(StatusChange::entry)
			.toList());
		this.outbox.enqueue(rows.stream().map(StatusChange::message).toList());
	}

	private void update(List<StatusChange> rows) {
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
			.param("now", SqlTime.of(this.clock.instant()))
			.param("tenants", SqlArray.texts(rows, (row) -> row.tenant().value()))
			.param("ids", SqlArray.uuids(rows, (row) -> row.send().value()))
			.param("statuses", SqlArray.texts(rows, (row) -> row.status().key()))
			.param("reasons", SqlArray.texts(rows, StatusChange::reason))
			.param("ats", SqlArray.times(rows, StatusChange::at))
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
			.filter((event) -> event.send().equals(id) && LEDGER_STATUSES.contains(event.type().impliedStatus()))
			.map((event) -> Optional.ofNullable(event.reason()).orElse(name(event.type())))
			.reduce((earlier, later) -> later)
			.orElse(null);
	}

	private static List<RecordedSendEvent> result(List<SendEvent> newEvents, Map<SendId, LockedSend> sends,
			Map<SendId, SendStatus> transitions) {
		Map<SendId, Instant> deliveries = deliveries(newEvents);
		return newEvents.stream().map((event) -> {
			LockedSend locked = Objects.requireNonNull(sends.get(event.send()));
			Send send = locked.send();
			Send after = new Send(send.id(), send.profile(), send.run(), send.journey(), send.step(), send.template(),
					send.topic(), transitions.getOrDefault(send.id(), send.status()), send.reason(), send.variant(),
					send.deferredUntil(), send.createdAt(), send.acceptedAt());
			Instant deliveredAt = (locked.deliveredAt() != null) ? locked.deliveredAt() : deliveries.get(send.id());
			return new RecordedSendEvent(locked.tenant(), after, event, locked.addressHash(), deliveredAt);
		}).toList();
	}

	/** Delivery and open may be reported together, in any order. */
	private static Map<SendId, Instant> deliveries(List<SendEvent> newEvents) {
		Map<SendId, Instant> deliveries = new HashMap<>();
		newEvents.stream()
			.filter((event) -> event.type() == Type.DELIVERED)
			.forEach((event) -> deliveries.merge(event.send(), event.at(),
					(one, other) -> one.isBefore(other) ? one : other));
		return deliveries;
	}

	private static String name(Type type) {
		return type.name().toLowerCase(Locale.ROOT);
	}

	private record LockedSend(TenantId tenant, Send send, @Nullable AddressHash addressHash,
			@Nullable Instant deliveredAt) {

	}

	private record EventKey(UUID send, String type, long at, int link) {

		static EventKey of(SendEvent event) {
			return new EventKey(event.send().value(), name(event.type()), event.at().toEpochMilli(),
					Objects.requireNonNullElse(event.link(), -1));
		}

	}

	private record StatusChange(TenantId tenant, SendId send, SendStatus status, @Nullable String reason, Instant at) {

		LedgerEntry entry() {
			return new LedgerEntry(this.tenant, this.at, "send." + this.status.key(), "send:" + this.send, "system",
					Map.of("reason", Objects.requireNonNullElse(this.reason, "none")));
		}

		MessageEventOutbox.MessageEvent message() {
			return new MessageEventOutbox.MessageEvent(this.tenant, this.send, this.status.key(), this.reason, this.at);
		}

	}

}
