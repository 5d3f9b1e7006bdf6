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
import io.waypost.database.SqlArray;
import io.waypost.delivery.DeliverySettings;
import io.waypost.delivery.SendStatus;
import io.waypost.delivery.esp.SubmitOutcome;
import io.waypost.delivery.esp.failover.EspRegistry;
import io.waypost.delivery.outbox.MessageEventOutbox;
import io.waypost.delivery.queue.ClaimedSend;
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
 * Saves outcomes of claimed sends in batches. A row is updated only while its fence is
 * that of the claim; other outcomes go to {@link LateOutcomeRepository}.
 */
@Component
public class SendOutcomeRepository {

	private final JdbcClient jdbc;

	private final TransactionTemplate transaction;

	private final EspRegistry registry;

	private final LateOutcomeRepository lateOutcomes;

	private final MessageEventOutbox outbox;

	private final Ledger ledger;

	private final SendLedger sendLedger;

	private final IdGenerator ids;

	private final DeliverySettings settings;

	private final MeterRegistry metrics;

	public SendOutcomeRepository(JdbcClient jdbc, TransactionTemplate transaction, EspRegistry registry,
			LateOutcomeRepository lateOutcomes, MessageEventOutbox outbox, Ledger ledger, SendLedger sendLedger,
			IdGenerator ids, DeliverySettings settings, MeterRegistry metrics) {
		this.jdbc = jdbc;
		this.transaction = transaction;
		this.registry = registry;
		this.lateOutcomes = lateOutcomes;
		this.outbox = outbox;
		this.ledger = ledger;
		this.sendLedger = sendLedger;
		this.ids = ids;
		this.settings = settings;
		this.metrics = metrics;
	}

	/**
	 * Saves outcomes of different sends. Rows are updated in the order of their ids, in
	 * which reported events lock them too, so that both cannot deadlock.
	 * @param outcomes the outcomes
	 */
	public void save(List<SendOutcome> outcomes) {
		Map<LedgerKey, UUID> ledgerEntries = new HashMap<>();
		List<OutcomeRow> rows = outcomes.stream()
			.sorted(Comparator.comparing((outcome) -> outcome.claimed().send().toString()))
			.map((outcome) -> toRow(outcome, SendTransition.of(outcome, this.registry, this.settings), ledgerEntries))
			.toList();
		this.transaction.executeWithoutResult((status) -> {
			planOrderedJoins();
			Set<SendId> updated = update(rows);
			List<OutcomeRow> saved = rows.stream()
				.filter((row) -> updated.contains(row.outcome().claimed().send()))
				.toList();
			this.ledger.record(saved.stream().flatMap((row) -> entry(row).stream()).toList());
			ledgerEntries.forEach((key, entry) -> recordAccepted(key, entry, saved));
			this.outbox.enqueue(saved.stream().flatMap((row) -> message(row).stream()).toList());
			this.lateOutcomes.save(rows.stream()
				.map(OutcomeRow::outcome)
				.filter((outcome) -> !updated.contains(outcome.claimed().send()))
				.toList());
		});
		rows.stream()
			.collect(
					Collectors
						.groupingBy(
								(row) -> List.of(row.transition().status().key(),
										Objects.requireNonNullElse(row.transition().reason(), "")),
								Collectors.counting()))
			.forEach((labels, count) -> this.metrics
				.counter("waypost.delivery.send.outcome", "outcome", labels.getFirst(), "reason", labels.getLast())
				.increment(count));
	}

	/**
	 * Disables joins that would lock the rows in another order than that of the batch.
	 */
	private void planOrderedJoins() {
		this.jdbc
			.sql("select set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true), "
					+ "set_config('enable_seqscan', 'off', true)")
			.query((row) -> {
			});
	}

	/**
	 * Updates the sends. An event may be reported before the answer it belongs to; then
	 * its status stays and only the provider's id is added. The accepted attempt is
	 * stored in the send, because a row of its own would cost as much as the update.
	 */
	private Set<SendId> update(List<OutcomeRow> rows) {
		return new HashSet<>(this.jdbc
			.sql("""
					with o as (
						select * from unnest(:tenants::text[], :ids::uuid[], :fences::int[], :numbers::int[], :statuses::text[],
							:reasons::text[], :ready::timestamptz[], :refused::text[], :providers::text[], :ats::timestamptz[],
							:addresses::text[], :contents::text[], :outcomes::text[], :entries::uuid[], :esps::text[],
							:started::timestamptz[])
							as o(tenant_id, id, fence, number, status, reason, ready_at, refused_by, provider_id, at, address_hash,
								content_hash, outcome, ledger_entry, esp, started_at)
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
							ledger_entries = case when o.ledger_entry is null then s.ledger_entries
								else s.ledger_entries || o.ledger_entry end,
							updated_at = o.at
						from o
						where s.tenant_id = o.tenant_id and s.id = o.id and s.fence = o.fence
							and s.status in ('submitting', 'accepted', 'delivered', 'bounced', 'dropped', 'complained')
						returning s.id
					), recorded as (
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
			.param("tenants", SqlArray.texts(rows, (row) -> row.outcome().claimed().tenant().value()))
			.param("ids", SqlArray.uuids(rows, (row) -> row.outcome().claimed().send().value()))
			.param("fences", SqlArray.ints(rows, (row) -> row.outcome().claimed().fence()))
			.param("numbers", SqlArray.ints(rows, (row) -> row.outcome().claimed().attempt()))
			.param("statuses", SqlArray.texts(rows, (row) -> row.transition().status().key()))
			.param("reasons", SqlArray.texts(rows, (row) -> row.transition().reason()))
			.param("ready", SqlArray.times(rows, (row) -> row.transition().readyAt()))
			.param("refused", SqlArray.texts(rows, (row) -> String.join(",", row.transition().refusedBy())))
			.param("providers", SqlArray.texts(rows, (row) -> row.transition().providerId()))
			.param("ats", SqlArray.times(rows, (row) -> row.outcome().at()))
			.param("addresses", SqlArray.texts(rows, (row) -> row.outcome().addressHash()))
			.param("contents", SqlArray.texts(rows, (row) -> row.outcome().contentHash()))
			.param("outcomes", SqlArray.texts(rows, (row) -> row.outcome().name()))
			.param("entries", SqlArray.uuids(rows, OutcomeRow::ledgerEntry))
			.param("esps", SqlArray.texts(rows, (row) -> row.outcome().claimed().esp()))
			.param("started", SqlArray.times(rows, (row) -> row.outcome().claimed().claimedAt()))
			.query((row, number) -> new SendId(SendRowMapper.uuid(row, "id")))
			.list());
	}

	/** Accepted sends of shared content share a ledger entry. */
	private OutcomeRow toRow(SendOutcome outcome, SendTransition transition, Map<LedgerKey, UUID> ledgerEntries) {
		ClaimedSend claimed = outcome.claimed();
		boolean shares = transition.status() == SendStatus.ACCEPTED && claimed.source().contentId() != null;
		LedgerKey key = new LedgerKey(claimed.tenant(), claimed.esp(), claimed.attempt());
		return new OutcomeRow(outcome, transition,
				shares ? ledgerEntries.computeIfAbsent(key, (missing) -> this.ids.next()) : null);
	}

	private void recordAccepted(LedgerKey key, UUID entry, List<OutcomeRow> saved) {
		List<String> accepted = saved.stream()
			.filter((row) -> entry.equals(row.ledgerEntry()))
			.map((row) -> row.outcome().claimed().send().toString())
			.toList();
		this.sendLedger.record(key.tenant(), "sends.accepted", entry,
				accepted.isEmpty() ? Map.of() : Map.of("accepted", accepted),
				Map.of("esp", key.esp(), "attempt", key.attempt()));
	}

	private static Optional<LedgerEntry> entry(OutcomeRow row) {
		if (row.ledgerEntry() != null) {
			return Optional.empty();
		}
		SendOutcome outcome = row.outcome();
		ClaimedSend claimed = outcome.claimed();
		String kind = switch (row.transition().status()) {
			case ACCEPTED -> "send.accepted";
			case DEAD -> "send.dead";
			case UNKNOWN -> "send.unknown";
			default -> "";
		};
		Map<String, Object> facts = Map.of("esp", claimed.esp(), "attempt", claimed.attempt(), "reason",
				Objects.requireNonNullElse(row.transition().reason(), "none"));
		return kind.isEmpty() ? Optional.empty() : Optional
			.of(new LedgerEntry(claimed.tenant(), outcome.at(), kind, "send:" + claimed.send(), "system", facts));
	}

	private static Optional<MessageEventOutbox.MessageEvent> message(OutcomeRow row) {
		SendOutcome outcome = row.outcome();
		return (outcome.result() instanceof SubmitOutcome.Refused) ? Optional.empty()
				: Optional.of(new MessageEventOutbox.MessageEvent(outcome.claimed().tenant(), outcome.claimed().send(),
						row.transition().status().key(), row.transition().reason(), outcome.at()));
	}

	private record OutcomeRow(SendOutcome outcome, SendTransition transition, @Nullable UUID ledgerEntry) {

	}

	private record LedgerKey(TenantId tenant, String esp, int attempt) {

	}

}
