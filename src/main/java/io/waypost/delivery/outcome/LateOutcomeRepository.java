package io.waypost.delivery.outcome;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.micrometer.core.instrument.MeterRegistry;
import io.waypost.database.SqlArray;
import io.waypost.database.SqlTime;
import io.waypost.delivery.DeliverySettings;
import io.waypost.delivery.SendStatus;
import io.waypost.delivery.esp.SubmitOutcome;
import io.waypost.delivery.outbox.MessageEventOutbox;
import io.waypost.delivery.queue.ClaimedSend;
import io.waypost.delivery.queue.DispatchSignal;
import io.waypost.delivery.store.SendRowMapper;
import io.waypost.delivery.tracking.SendEvent;
import io.waypost.delivery.tracking.SendEvent.Type;
import io.waypost.delivery.tracking.SendEventRepository;
import io.waypost.kernel.SendId;
import io.waypost.ledger.Ledger;
import io.waypost.ledger.LedgerEntry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Handles outcomes that arrive after the lease of their claim has ended. An accepted
 * message is accepted, as if the provider had reported it. A message that was never
 * submitted returns to the queue, because no other node can have submitted it. Any other
 * late outcome is uncertain and changes nothing.
 */
@Component
class LateOutcomeRepository {

	private static final Logger logger = LoggerFactory.getLogger(LateOutcomeRepository.class);

	private static final String NEVER_CALLED = "never_called";

	private final JdbcClient jdbc;

	private final SendEventRepository events;

	private final MessageEventOutbox messages;

	private final Ledger ledger;

	private final DispatchSignal signal;

	private final DeliverySettings settings;

	private final MeterRegistry metrics;

	LateOutcomeRepository(JdbcClient jdbc, SendEventRepository events, MessageEventOutbox messages, Ledger ledger,
			DispatchSignal signal, DeliverySettings settings, MeterRegistry metrics) {
		this.jdbc = jdbc;
		this.events = events;
		this.messages = messages;
		this.ledger = ledger;
		this.signal = signal;
		this.settings = settings;
		this.metrics = metrics;
	}

	/** Runs in the transaction in which the outcomes were found to be late. */
	void save(List<SendOutcome> late) {
		if (late.isEmpty()) {
			return;
		}
		this.metrics.counter("waypost.delivery.outcome.fence", "outcome", "late").increment(late.size());
		logger.warn("{} outcomes arrived after their lease had ended", late.size());
		List<SendEvent> accepted = new ArrayList<>();
		List<SendOutcome> neverCalled = new ArrayList<>();
		for (SendOutcome outcome : late) {
			if (outcome.result() instanceof SubmitOutcome.Accepted) {
				accepted.add(new SendEvent(outcome.claimed().send(), Type.PROCESSED, outcome.at(), null, false, null));
			}
			else if (!outcome.isEspCalled()) {
				neverCalled.add(outcome);
			}
		}
		this.events.record(accepted);
		if (!neverCalled.isEmpty()) {
			requeue(neverCalled);
		}
	}

	/**
	 * Returns sends to the queue. The reconciler's fence is the next after that of the
	 * claim. A row with another fence or attempt, or one that the policy of its message
	 * class has ended, is left unchanged.
	 */
	private void requeue(List<SendOutcome> neverCalled) {
		Instant now = neverCalled.getFirst().at();
		List<ClaimedSend> claims = neverCalled.stream().map(SendOutcome::claimed).toList();
		List<SendId> queued = this.jdbc.sql("""
				update delivery.send s
				set status = 'queued', reason = :reason, ready_at = :now, unknown_since = null, updated_at = :now
				from unnest(:tenants::text[], :ids::uuid[], :fences::int[], :numbers::int[])
					as c(tenant_id, id, fence, number)
				where s.tenant_id = c.tenant_id and s.id = c.id and s.status = 'unknown' and s.fence = c.fence + 1
					and s.attempts = c.number and s.attempts < :limit
				returning s.id
				""")
			.param("reason", NEVER_CALLED)
			.param("now", SqlTime.of(now))
			.param("tenants", SqlArray.texts(claims, (row) -> row.tenant().value()))
			.param("ids", SqlArray.uuids(claims, (row) -> row.send().value()))
			.param("fences", SqlArray.ints(claims, ClaimedSend::fence))
			.param("numbers", SqlArray.ints(claims, ClaimedSend::attempt))
			.param("limit", this.settings.maxAttempts())
			.query((row, number) -> new SendId(SendRowMapper.uuid(row, "id")))
			.list();
		List<ClaimedSend> requeued = claims.stream().filter((claim) -> queued.contains(claim.send())).toList();
		this.ledger.record(requeued.stream().map((claim) -> entry(claim, now)).toList());
		this.messages.enqueue(requeued.stream().map((claim) -> message(claim, now)).toList());
		this.metrics.counter("waypost.delivery.send.reconcile", "outcome", NEVER_CALLED).increment(requeued.size());
		this.signal.raiseAfterCommit();
	}

	private static LedgerEntry entry(ClaimedSend claim, Instant at) {
		return new LedgerEntry(claim.tenant(), at, "send.queued", "send:" + claim.send(), "system",
				Map.of("reason", NEVER_CALLED, "attempt", claim.attempt()));
	}

	private static MessageEventOutbox.MessageEvent message(ClaimedSend claim, Instant at) {
		return new MessageEventOutbox.MessageEvent(claim.tenant(), claim.send(), SendStatus.QUEUED.key(), NEVER_CALLED,
				at);
	}

}
