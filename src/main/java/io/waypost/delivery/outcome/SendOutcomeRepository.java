package io.waypost.delivery.outcome;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.MeterRegistry;
import io.waypost.delivery.DeliverySettings;
import io.waypost.delivery.SendStatus;
import io.waypost.delivery.esp.SubmitOutcome;
import io.waypost.delivery.esp.failover.EspRegistry;
import io.waypost.delivery.outbox.MessageEventOutbox;
import io.waypost.delivery.queue.ClaimedSend;
import io.waypost.delivery.store.DeliveryColumns;
import io.waypost.delivery.store.SendLedger;
import io.waypost.delivery.store.SendRowMapper;
import io.waypost.kernel.IdGenerator;
import io.waypost.kernel.SendId;
import io.waypost.kernel.TenantId;
import io.waypost.ledger.Ledger;
import io.waypost.ledger.LedgerEntry;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Saves what became of claimed sends, many at once. The fence decides: of a node that
 * lost its lease only what it knows for certain still counts.
 */
@Component
public class SendOutcomeRepository {

	private final JdbcClient jdbc;

	private final TransactionTemplate transaction;

	private final EspRegistry roster;

	private final LateOutcomeRepository late;

	private final MessageEventOutbox messages;

	private final Ledger ledger;

	private final SendLedger records;

	private final IdGenerator ids;

	private final DeliverySettings settings;

	private final MeterRegistry metrics;

	public SendOutcomeRepository(JdbcClient jdbc, TransactionTemplate transaction, EspRegistry roster,
			LateOutcomeRepository late, MessageEventOutbox messages, Ledger ledger, SendLedger records, IdGenerator ids,
			DeliverySettings settings, MeterRegistry metrics) {
		this.jdbc = jdbc;
		this.transaction = transaction;
		this.roster = roster;
		this.late = late;
		this.messages = messages;
		this.ledger = ledger;
		this.records = records;
		this.ids = ids;
		this.settings = settings;
		this.metrics = metrics;
	}

	/**
	 * Saves a batch of outcomes, of different sends. They are written in the order of
	 * their ids, in which reports lock them too: a provider's reports may come while its
	 * answers are being saved.
	 * @param outcomes what became of them
	 */
	public void save(List<SendOutcome> outcomes) {
		Map<Shared, UUID> records = new HashMap<>();
		List<Landed> landed = outcomes.stream()
			.sorted(Comparator.comparing((outcome) -> outcome.claimed().send().toString()))
			.map((outcome) -> landed(outcome, SendTransition.of(outcome, this.roster, this.settings), records))
			.toList();
		this.transaction.executeWithoutResult((status) -> {
			planInTheirOrder();
			Set<SendId> saved = write(landed);
			List<Landed> kept = landed.stream()
				.filter((row) -> saved.contains(row.outcome().claimed().send()))
				.toList();
			this.ledger.record(kept.stream().flatMap((row) -> entry(row).stream()).toList());
			records.forEach((shared, record) -> record(shared, record, kept));
			this.messages.enqueue(kept.stream().flatMap((row) -> message(row).stream()).toList());
			this.late.save(landed.stream()
				.map(Landed::outcome)
				.filter((outcome) -> !saved.contains(outcome.claimed().send()))
				.toList());
		});
		landed.stream()
			.collect(Collectors.groupingBy((row) -> List.of(DeliveryColumns.name(row.landing().status()),
					Objects.requireNonNullElse(row.landing().reason(), "")), Collectors.counting()))
			.forEach((labels, count) -> this.metrics
				.counter("waypost.delivery.send.land", "outcome", labels.getFirst(), "reason", labels.getLast())
				.increment(count));
	}

	/** Joined in any other way than one by one, rows are locked in the table's order. */
	private void planInTheirOrder() {
		this.jdbc
			.sql("select set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true), "
					+ "set_config('enable_seqscan', 'off', true)")
			.query((row) -> {
			});
	}

	/**
	 * A report can overtake the answer it belongs to: then the status stands where the
	 * report put it and only the provider's id is added. The attempt that was accepted
	 * stands in its send: a row of its own would cost as much as the update.
	 */
	private Set<SendId> write(List<Landed> rows) {
		return new HashSet<>(this.jdbc
			.sql("""
					with o as (
						select * from unnest(:tenants::text[], :ids::uuid[], :fences::int[], :numbers::int[], :statuses::text[],
							:reasons::text[], :ready::timestamptz[], :refused::text[], :providers::text[], :ats::timestamptz[],
							:addresses::text[], :contents::text[], :outcomes::text[], :records::uuid[], :esps::text[],
							:started::timestamptz[])
							as o(tenant_id, id, fence, number, status, reason, ready_at, refused_by, provider_id, at, address_hash,
								content_hash, outcome, record, esp, started_at)
					), saved as (
						update delivery.send s
						set status = case when s.status = 'submitting' then o.status else s.status end,
							reason = case when s.status = 'submitting' then o.reason else s.reason end,
							ready_at = case when s.status = 'submitting' then o.ready_at end,
							refused_by = string_to_array(o.refused_by, ','),
							lease_until = null,
							unknown_since = case when s.status = 'submitting' and o.status = 'unknown' then o.at end,
							provider_id = coalesce(o.provider_id, s.provider_id),
							accepted_at = case when o.status = 'accepted' then coalesce(s.accepted_at, o.at) else s.accepted_at end,
							started_at = case when o.status = 'accepted' then o.started_at else s.started_at end,
							address_hash = coalesce(o.address_hash, s.address_hash),
							content_hash = coalesce(o.content_hash, s.content_hash),
							records = case when o.record is null then s.records else s.records || o.record end,
							updated_at = o.at
						from o
						where s.tenant_id = o.tenant_id and s.id = o.id and s.fence = o.fence
							and s.status in ('submitting', 'accepted', 'delivered', 'bounced', 'dropped', 'complained')
						returning s.id
					), noted as (
						insert into delivery.attempt (tenant_id, send_id, number, esp, fence, started_at, finished_at, outcome,
							reason, provider_id)
						select tenant_id, id, number, esp, fence, started_at, at, outcome, reason, provider_id from o
						where status <> 'accepted' or id not in (select id from saved)
						on conflict (tenant_id, send_id, number) do update
						set finished_at = excluded.finished_at, outcome = excluded.outcome, reason = excluded.reason,
							provider_id = excluded.provider_id
					)
					select id from saved
					""")
			.param("tenants", DeliveryColumns.of(rows, (row) -> row.outcome().claimed().tenant()))
			.param("ids", DeliveryColumns.of(rows, (row) -> row.outcome().claimed().send()))
			.param("fences", DeliveryColumns.of(rows, (row) -> row.outcome().claimed().fence()))
			.param("numbers", DeliveryColumns.of(rows, (row) -> row.outcome().claimed().attempt()))
			.param("statuses", DeliveryColumns.of(rows, (row) -> DeliveryColumns.name(row.landing().status())))
			.param("reasons", DeliveryColumns.of(rows, (row) -> row.landing().reason()))
			.param("ready", DeliveryColumns.of(rows, (row) -> row.landing().readyAt()))
			.param("refused", DeliveryColumns.of(rows, (row) -> String.join(",", row.landing().refusedBy())))
			.param("providers", DeliveryColumns.of(rows, (row) -> row.landing().providerId()))
			.param("ats", DeliveryColumns.of(rows, (row) -> row.outcome().at()))
			.param("addresses", DeliveryColumns.of(rows, (row) -> row.outcome().addressHash()))
			.param("contents", DeliveryColumns.of(rows, (row) -> row.outcome().contentHash()))
			.param("outcomes", DeliveryColumns.of(rows, (row) -> row.outcome().name()))
			.param("records", DeliveryColumns.of(rows, Landed::record))
			.param("esps", DeliveryColumns.of(rows, (row) -> row.outcome().claimed().esp()))
			.param("started", DeliveryColumns.of(rows, (row) -> row.outcome().claimed().claimedAt()))
			.query((row, number) -> new SendId(SendRowMapper.uuid(row, "id")))
			.list());
	}

	/** Accepted sends of shared words share a ledger entry too. */
	private Landed landed(SendOutcome outcome, SendTransition landing, Map<Shared, UUID> records) {
		ClaimedSend claimed = outcome.claimed();
		boolean shares = landing.status() == SendStatus.ACCEPTED && claimed.source().contentId() != null;
		Shared shared = new Shared(claimed.tenant(), claimed.esp(), claimed.attempt());
		return new Landed(outcome, landing, shares ? records.computeIfAbsent(shared, (key) -> this.ids.next()) : null);
	}

	private void record(Shared shared, UUID record, List<Landed> kept) {
		List<String> accepted = kept.stream()
			.filter((row) -> record.equals(row.record()))
			.map((row) -> row.outcome().claimed().send().toString())
			.toList();
		this.records.record(shared.tenant(), "sends.accepted", record,
				accepted.isEmpty() ? Map.of() : Map.of("accepted", accepted),
				Map.of("esp", shared.esp(), "attempt", shared.attempt()));
	}

	private static Optional<LedgerEntry> entry(Landed row) {
		if (row.record() != null) {
			return Optional.empty();
		}
		SendOutcome outcome = row.outcome();
		ClaimedSend claimed = outcome.claimed();
		String kind = switch (row.landing().status()) {
			case ACCEPTED -> "send.accepted";
			case DEAD -> "send.dead";
			case UNKNOWN -> "send.unknown";
			default -> "";
		};
		Map<String, Object> facts = Map.of("esp", claimed.esp(), "attempt", claimed.attempt(), "reason",
				Objects.requireNonNullElse(row.landing().reason(), "none"));
		return kind.isEmpty() ? Optional.empty() : Optional
			.of(new LedgerEntry(claimed.tenant(), outcome.at(), kind, "send:" + claimed.send(), "system", facts));
	}

	private static Optional<MessageEventOutbox.MessageEvent> message(Landed row) {
		SendOutcome outcome = row.outcome();
		return (outcome.result() instanceof SubmitOutcome.Refused) ? Optional.empty()
				: Optional.of(new MessageEventOutbox.MessageEvent(outcome.claimed().tenant(), outcome.claimed().send(),
						DeliveryColumns.name(row.landing().status()), row.landing().reason(), outcome.at()));
	}

	private record Landed(SendOutcome outcome, SendTransition landing, @Nullable UUID record) {

	}

	private record Shared(TenantId tenant, String esp, int attempt) {

	}

}
