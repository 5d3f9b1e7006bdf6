package io.waypost.delivery.outcome;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.waypost.database.SqlTime;
import io.waypost.database.TenantScope;
import io.waypost.delivery.DeliverySettings;
import io.waypost.delivery.outbox.MessageEventOutbox;
import io.waypost.delivery.queue.DispatchSignal;
import io.waypost.delivery.store.SendRowMapper;
import io.waypost.delivery.worker.PollingWorker;
import io.waypost.kernel.SendId;
import io.waypost.kernel.TenantId;
import io.waypost.ledger.Ledger;
import io.waypost.ledger.LedgerEntry;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Resolves sends that a crash or a lost answer left open. A claim whose lease has ended
 * becomes unknown and stays with its provider. A send that stays unknown is ended by the
 * policy of its message class: marketing messages are not submitted again, transactional
 * ones are.
 */
@Component
class SendReconciler extends PollingWorker {

	private final JdbcClient jdbc;

	private final TransactionTemplate transaction;

	private final MessageEventOutbox outbox;

	private final Ledger ledger;

	private final DispatchSignal signal;

	private final DeliverySettings settings;

	private final MeterRegistry metrics;

	private final Clock clock;

	private final AtomicLong queued = new AtomicLong();

	SendReconciler(JdbcClient jdbc, TransactionTemplate transaction, MessageEventOutbox outbox, Ledger ledger,
			DispatchSignal signal, DeliverySettings settings, MeterRegistry metrics, Clock clock) {
		super("send-reconciler", settings.reconcileInterval());
		this.jdbc = jdbc;
		this.transaction = transaction;
		this.outbox = outbox;
		this.ledger = ledger;
		this.signal = signal;
		this.settings = settings;
		this.metrics = metrics;
		this.clock = clock;
		Gauge.builder("waypost.delivery.queue.depth", this.queued, AtomicLong::get)
			.description("Sends waiting for the dispatcher")
			.register(metrics);
	}

	@Override
	protected boolean poll() {
		reconcile();
		this.queued.set(depth());
		return false;
	}

	private long depth() {
		return this.jdbc.sql("select count(*) from delivery.queue").query(Long.class).single();
	}

	/**
	 * Handles expired leases and unknown outcomes once.
	 * @return number of sends that changed
	 */
	int reconcile() {
		Integer change = this.transaction.execute((status) -> {
			List<Change> all = new ArrayList<>(expireClaims());
			all.addAll(applyPolicy());
			all.addAll(withholdCancelled());
			deleteOutdated();
			this.ledger.record(all.stream().map(this::entry).toList());
			this.outbox.enqueue(all.stream().map(this::message).toList());
			return all.size();
		});
		return Objects.requireNonNull(change);
	}

	/**
	 * Marks expired claims as unknown. The new fence prevents the node of the claim from
	 * overwriting the result.
	 */
	private List<Change> expireClaims() {
		return this.jdbc
			.sql("""
					with expired as (
						select s.tenant_id, s.id, s.attempts, s.esp, s.fence, s.updated_at
						from delivery.claim_lease l join delivery.send s on s.id = any(l.sends)
						where l.until < :now and s.status = 'submitting' and s.lease_until < :now
						order by l.until limit 1000 for update of s skip locked
					), recorded as (
						insert into delivery.attempt (tenant_id, send_id, number, esp, fence, started_at, finished_at, outcome,
							reason)
						select tenant_id, id, attempts, esp, fence, updated_at, :now, 'unknown', 'lease_expired' from expired
						on conflict do nothing
					)
					update delivery.send s
					set status = 'unknown', reason = 'lease_expired', fence = s.fence + 1, lease_until = null,
						unknown_since = :now, updated_at = :now
					from expired e where s.tenant_id = e.tenant_id and s.id = e.id
					returning s.tenant_id, s.id, s.status, s.reason
					""")
			.param("now", now())
			.query((row, number) -> change(row))
			.list();
	}

	private List<Change> applyPolicy() {
		Instant since = this.clock.instant().minus(this.settings.reconcileAfter());
		List<Change> resolved = this.jdbc
			.sql("""
					with open as (
						select s.tenant_id, s.id
						from delivery.unknown_outcome u join delivery.send s on s.tenant_id = u.tenant_id and s.id = u.send_id
						where u.since < :since and s.status = 'unknown' and s.unknown_since < :since
						order by u.since limit 1000 for update of s skip locked
					)
					update delivery.send s
					set status = case s.message_class when 'marketing' then 'resolved_by_policy' else 'queued' end,
						reason = case s.message_class when 'marketing' then 'outcome_unknown' else 'resent_by_policy' end,
						ready_at = case s.message_class when 'marketing' then null else :now::timestamptz end,
						unknown_since = null, updated_at = :now
					from open o where s.tenant_id = o.tenant_id and s.id = o.id
					returning s.tenant_id, s.id, s.status, s.reason
					""")
			.param("since", SqlTime.of(since))
			.param("now", now())
			.query((row, number) -> change(row))
			.list();
		resolved.forEach(
				(row) -> this.metrics.counter("waypost.delivery.send.reconcile", "outcome", row.reason()).increment());
		if (!resolved.isEmpty()) {
			this.signal.raiseAfterCommit();
		}
		return resolved;
	}

	/**
	 * Withholds sends of cancelled campaigns that returned to the queue after the
	 * cancellation, or that it did not reach. Skips locked rows, so that it cannot block
	 * a cancellation.
	 */
	private List<Change> withholdCancelled() {
		return this.jdbc.sql("""
				with dropped as (
					select s.tenant_id, s.id, h.reason from delivery.campaign_pause h
						join delivery.queue q on q.tenant_id = h.tenant_id and q.campaign_id = h.campaign_id
						join delivery.send s on s.tenant_id = q.tenant_id and s.id = q.send_id
					where h.reason is not null and s.status = 'queued'
					limit 1000 for update of s skip locked
				)
				update delivery.send s
				set status = 'withheld', reason = d.reason, ready_at = null, updated_at = :now
				from dropped d where s.tenant_id = d.tenant_id and s.id = d.id
				returning s.tenant_id, s.id, s.status, s.reason
				""").param("now", now()).query((row, number) -> change(row)).list();
	}

	/**
	 * Deletes outdated entries of the work lists. The queue of a cancelled campaign is
	 * not read otherwise. Skips locked rows.
	 */
	private void deleteOutdated() {
		// Leases have no tenant: those of other regions' sends must not look outdated
		TenantScope.anywhere(() -> this.jdbc.sql("""
				delete from delivery.claim_lease l
				where l.until < :now and not exists (select from delivery.send s
					where s.id = any(l.sends) and s.status = 'submitting' and s.lease_until < :now)
				""").param("now", now()).update());
		this.jdbc.sql("""
				delete from delivery.unknown_outcome u
				where u.since < :since and not exists (select from delivery.send s
					where s.tenant_id = u.tenant_id and s.id = u.send_id and s.status = 'unknown')
				""").param("since", SqlTime.of(this.clock.instant().minus(this.settings.reconcileAfter()))).update();
		this.jdbc.sql("""
				delete from delivery.queue where ctid = any(array(
					select q.ctid from delivery.campaign_pause h
						join delivery.queue q on q.tenant_id = h.tenant_id and q.campaign_id = h.campaign_id
					where h.reason is not null and not exists (select from delivery.send s
						where s.tenant_id = q.tenant_id and s.id = q.send_id and s.status = 'queued')
					limit 1000 for update of q skip locked))
				""").update();
	}

	private OffsetDateTime now() {
		return SqlTime.of(this.clock.instant());
	}

	private static Change change(ResultSet row) throws SQLException {
		return new Change(new TenantId(row.getString("tenant_id")), new SendId(SendRowMapper.uuid(row, "id")),
				row.getString("status"), row.getString("reason"));
	}

	private LedgerEntry entry(Change row) {
		return new LedgerEntry(row.tenant(), this.clock.instant(), "send." + row.status(), "send:" + row.send(),
				"system", Map.of("reason", row.reason()));
	}

	private MessageEventOutbox.MessageEvent message(Change row) {
		return new MessageEventOutbox.MessageEvent(row.tenant(), row.send(), row.status(), row.reason(),
				this.clock.instant());
	}

	private record Change(TenantId tenant, SendId send, String status, String reason) {

	}

}
