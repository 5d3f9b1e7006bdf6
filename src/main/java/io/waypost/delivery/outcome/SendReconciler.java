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
import io.waypost.delivery.DeliverySettings;
import io.waypost.delivery.outbox.MessageEventOutbox;
import io.waypost.delivery.queue.DispatchSignal;
import io.waypost.delivery.store.DeliveryColumns;
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
 * Settles what a crash, a lost answer or silence left open. A claim whose lease ran out
 * becomes unknown and stays with its provider; what stays unknown ends by the rule for
 * its class: a marketing message is not repeated, a transactional one is.
 */
@Component
public class SendReconciler extends PollingWorker {

	private final JdbcClient jdbc;

	private final TransactionTemplate transaction;

	private final MessageEventOutbox messages;

	private final Ledger ledger;

	private final DispatchSignal signal;

	private final DeliverySettings settings;

	private final MeterRegistry metrics;

	private final Clock clock;

	private final AtomicLong queued = new AtomicLong();

	public SendReconciler(JdbcClient jdbc, TransactionTemplate transaction, MessageEventOutbox messages, Ledger ledger,
			DispatchSignal signal, DeliverySettings settings, MeterRegistry metrics, Clock clock) {
		super("send-reconciler", settings.reconcileInterval());
		this.jdbc = jdbc;
		this.transaction = transaction;
		this.messages = messages;
		this.ledger = ledger;
		this.signal = signal;
		this.settings = settings;
		this.metrics = metrics;
		this.clock = clock;
		Gauge.builder("waypost.delivery.queue.depth", this.queued, AtomicLong::get)
			.description("Sends that wait for the dispatcher")
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
	 * Looks through leases and unknown outcomes once.
	 * @return how many sends moved
	 */
	public int reconcile() {
		Integer moved = this.transaction.execute((status) -> {
			List<Moved> all = new ArrayList<>(park());
			all.addAll(resolve());
			all.addAll(withhold());
			forget();
			this.ledger.record(all.stream().map(this::entry).toList());
			this.messages.enqueue(all.stream().map(this::message).toList());
			return all.size();
		});
		return Objects.requireNonNull(moved);
	}

	/**
	 * The new fence keeps a node that wakes up again from writing over what we conclude.
	 */
	private List<Moved> park() {
		return this.jdbc
			.sql("""
					with expired as (
						select s.tenant_id, s.id, s.attempts, s.esp, s.fence, s.updated_at
						from delivery.lease l join delivery.send s on s.id = any(l.sends)
						where l.until < :now and s.status = 'submitting' and s.lease_until < :now
						order by l.until limit 1000 for update of s skip locked
					), noted as (
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
			.query((row, number) -> moved(row))
			.list();
	}

	private List<Moved> resolve() {
		Instant since = this.clock.instant().minus(this.settings.reconcileAfter());
		List<Moved> resolved = this.jdbc.sql("""
				with open as (
					select s.tenant_id, s.id
					from delivery.unresolved u join delivery.send s on s.tenant_id = u.tenant_id and s.id = u.send_id
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
			.param("since", DeliveryColumns.time(since))
			.param("now", now())
			.query((row, number) -> moved(row))
			.list();
		resolved.forEach(
				(row) -> this.metrics.counter("waypost.delivery.send.reconcile", "outcome", row.reason()).increment());
		if (!resolved.isEmpty()) {
			this.signal.raiseAfterCommit();
		}
		return resolved;
	}

	/**
	 * What came back to the queue after its campaign was dropped, or what the drop did
	 * not get to. It waits for nobody, so that it cannot stand in a drop's way.
	 */
	private List<Moved> withhold() {
		return this.jdbc.sql("""
				with dropped as (
					select s.tenant_id, s.id, h.reason from delivery.campaign_hold h
						join delivery.queue q on q.tenant_id = h.tenant_id and q.campaign_id = h.campaign_id
						join delivery.send s on s.tenant_id = q.tenant_id and s.id = q.send_id
					where h.reason is not null and s.status = 'queued'
					limit 1000 for update of s skip locked
				)
				update delivery.send s
				set status = 'withheld', reason = d.reason, ready_at = null, updated_at = :now
				from dropped d where s.tenant_id = d.tenant_id and s.id = d.id
				returning s.tenant_id, s.id, s.status, s.reason
				""").param("now", now()).query((row, number) -> moved(row)).list();
	}

	/**
	 * Throws away hints that are no longer true. Nobody takes those of a dropped campaign
	 * off the queue; whoever is at them right now has them.
	 */
	private void forget() {
		this.jdbc.sql("""
				delete from delivery.lease l
				where l.until < :now and not exists (select from delivery.send s
					where s.id = any(l.sends) and s.status = 'submitting' and s.lease_until < :now)
				""").param("now", now()).update();
		this.jdbc.sql("""
				delete from delivery.unresolved u
				where u.since < :since and not exists (select from delivery.send s
					where s.tenant_id = u.tenant_id and s.id = u.send_id and s.status = 'unknown')
				""")
			.param("since", DeliveryColumns.time(this.clock.instant().minus(this.settings.reconcileAfter())))
			.update();
		this.jdbc.sql("""
				delete from delivery.queue where ctid = any(array(
					select q.ctid from delivery.campaign_hold h
						join delivery.queue q on q.tenant_id = h.tenant_id and q.campaign_id = h.campaign_id
					where h.reason is not null and not exists (select from delivery.send s
						where s.tenant_id = q.tenant_id and s.id = q.send_id and s.status = 'queued')
					limit 1000 for update of q skip locked))
				""").update();
	}

	private OffsetDateTime now() {
		return DeliveryColumns.time(this.clock.instant());
	}

	private static Moved moved(ResultSet row) throws SQLException {
		return new Moved(new TenantId(row.getString("tenant_id")), new SendId(SendRowMapper.uuid(row, "id")),
				row.getString("status"), row.getString("reason"));
	}

	private LedgerEntry entry(Moved row) {
		return new LedgerEntry(row.tenant(), this.clock.instant(), "send." + row.status(), "send:" + row.send(),
				"system", Map.of("reason", row.reason()));
	}

	private MessageEventOutbox.MessageEvent message(Moved row) {
		return new MessageEventOutbox.MessageEvent(row.tenant(), row.send(), row.status(), row.reason(),
				this.clock.instant());
	}

	private record Moved(TenantId tenant, SendId send, String status, String reason) {

	}

}
