package io.waypost.delivery.queue;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import io.waypost.consent.SendPermission;
import io.waypost.delivery.DeliverySettings;
import io.waypost.delivery.SendStatus;
import io.waypost.delivery.dispatch.DispatchPorts;
import io.waypost.delivery.esp.failover.EspRegistry;
import io.waypost.delivery.queue.SendQueue.QueuedSend;
import io.waypost.delivery.store.DeliveryColumns;
import io.waypost.delivery.store.DeliveryJson;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import io.waypost.ledger.Ledger;
import io.waypost.ledger.LedgerEntry;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes sends off the queue. One transaction locks them, asks for permission once more
 * (which locks the consents it reads, so that a revocation is either seen here or commits
 * after us) and writes down the attempt, before anybody is called.
 */
@Component
public class SendClaimer {

	private final JdbcClient jdbc;

	private final TransactionTemplate transaction;

	private final SendQueue queue;

	private final DispatchPorts.PermissionCheck gate;

	private final EspRegistry roster;

	private final Ledger ledger;

	private final DeliverySettings settings;

	private final DeliveryJson json;

	private final Clock clock;

	public SendClaimer(JdbcClient jdbc, TransactionTemplate transaction, SendQueue queue,
			DispatchPorts.PermissionCheck gate, EspRegistry roster, Ledger ledger, DeliverySettings settings,
			DeliveryJson json, Clock clock) {
		this.jdbc = jdbc;
		this.transaction = transaction;
		this.queue = queue;
		this.gate = gate;
		this.roster = roster;
		this.ledger = ledger;
		this.settings = settings;
		this.json = json;
		this.clock = clock;
	}

	/**
	 * Claims what is due.
	 * @param limit how many at the most
	 * @return how many left the queue, and those of them to submit
	 */
	public ClaimResult claim(int limit) {
		long claimedNanos = System.nanoTime();
		Instant claimedAt = this.clock.instant();
		ClaimResult caught = this.transaction.execute((status) -> {
			List<QueuedSend> due = this.queue.lockDue(limit);
			if (due.isEmpty()) {
				return new ClaimResult(0, List.of());
			}
			List<Decided> decided = decide(due);
			write(decided);
			this.ledger.record(withheld(decided));
			return new ClaimResult(due.size(), submitting(decided, claimedAt, claimedNanos));
		});
		return Objects.requireNonNull(caught);
	}

	private List<Decided> decide(List<QueuedSend> due) {
		Map<Audience, Set<ProfileId>> audiences = new HashMap<>();
		due.forEach((waiting) -> audiences.computeIfAbsent(Audience.of(waiting), (key) -> new LinkedHashSet<>())
			.add(waiting.source().profile()));
		Map<Audience, Map<ProfileId, SendPermission>> permissions = new HashMap<>();
		audiences.forEach((audience, profiles) -> permissions.put(audience,
				this.gate.decide(audience.tenant(), audience.topic(), profiles)));
		return due.stream()
			.map((waiting) -> decide(waiting, permissions.getOrDefault(Audience.of(waiting), Map.of())))
			.toList();
	}

	private Decided decide(QueuedSend waiting, Map<ProfileId, SendPermission> permissions) {
		// An unanswered question is a no
		return switch (permissions.get(waiting.source().profile())) {
			case SendPermission.Granted granted -> this.roster.choose(waiting.refusedBy())
				.map((esp) -> new Decided(waiting, SendStatus.SUBMITTING, null, granted.decision(), esp))
				.orElseGet(() -> new Decided(waiting, SendStatus.QUEUED, null, null, null));
			case SendPermission.Withheld withheld ->
				new Decided(waiting, SendStatus.WITHHELD, withheld.reason(), withheld.decision(), null);
			case null -> new Decided(waiting, SendStatus.WITHHELD, "unknown", null, null);
		};
	}

	/**
	 * The moves and the lease in one statement, so that neither exists without the other.
	 */
	private void write(List<Decided> decided) {
		Instant now = this.clock.instant();
		this.jdbc
			.sql("""
					with d as (
						select * from unnest(:tenants::text[], :ids::uuid[], :statuses::text[], :reasons::text[], :gates::jsonb[],
							:versions::bigint[], :esps::text[]) as d(tenant_id, id, status, reason, gate, version, esp)
					), moved as (
						update delivery.send s
						set status = d.status,
							reason = d.reason,
							gate = coalesce(d.gate, s.gate),
							consent_version = coalesce(d.version, s.consent_version),
							esp = coalesce(d.esp, s.esp),
							fence = s.fence + case when d.status = 'submitting' then 1 else 0 end,
							attempts = s.attempts + case when d.status = 'submitting' then 1 else 0 end,
							lease_until = case when d.status = 'submitting' then :lease::timestamptz end,
							ready_at = case when d.status = 'queued' then :later::timestamptz end,
							updated_at = :now
						from d
						where s.tenant_id = d.tenant_id and s.id = d.id
						returning s.id, s.status
					)
					insert into delivery.lease (until, sends)
					select :lease, array_agg(id) from moved where status = 'submitting' having count(*) > 0
					""")
			.param("tenants", DeliveryColumns.of(decided, (row) -> row.waiting().source().tenant()))
			.param("ids", DeliveryColumns.of(decided, (row) -> row.waiting().source().send()))
			.param("statuses", DeliveryColumns.of(decided, (row) -> DeliveryColumns.name(row.status())))
			.param("reasons", DeliveryColumns.of(decided, Decided::reason))
			.param("gates",
					DeliveryColumns.of(decided, (row) -> (row.proof() == null) ? null : this.json.write(row.proof())))
			.param("versions",
					DeliveryColumns.of(decided, (row) -> (row.proof() == null) ? null : row.proof().consentVersion()))
			.param("esps", DeliveryColumns.of(decided, Decided::esp))
			.param("lease", DeliveryColumns.time(now.plus(this.settings.lease())))
			.param("later", DeliveryColumns.time(now.plus(this.settings.pollInterval())))
			.param("now", DeliveryColumns.time(now))
			.update();
	}

	private List<LedgerEntry> withheld(List<Decided> decided) {
		Instant now = this.clock.instant();
		List<LedgerEntry> entries = new ArrayList<>();
		for (Decided row : decided) {
			if (row.status() == SendStatus.WITHHELD) {
				entries.add(new LedgerEntry(row.waiting().source().tenant(), now, "send.withheld",
						"send:" + row.waiting().source().send(), "system",
						Map.of("reason", Optional.ofNullable(row.reason()).orElse("unknown"), "at", "dispatch")));
			}
		}
		return entries;
	}

	private static List<ClaimedSend> submitting(List<Decided> decided, Instant claimedAt, long claimedNanos) {
		List<ClaimedSend> claimed = new ArrayList<>();
		for (Decided row : decided) {
			if (row.status() == SendStatus.SUBMITTING && row.esp() != null) {
				QueuedSend waiting = row.waiting();
				claimed.add(new ClaimedSend(waiting.source(), waiting.attempts() + 1, waiting.fence() + 1, row.esp(),
						waiting.refusedBy(), waiting.since(), claimedAt, claimedNanos));
			}
		}
		return claimed;
	}

	/**
	 * What a claim brought.
	 *
	 * @param moved how many rows were looked at
	 * @param toSubmit those that may go out
	 */
	public record ClaimResult(int due, List<ClaimedSend> toSubmit) {

	}

	private record Decided(QueuedSend waiting, SendStatus status, @Nullable String reason,
			SendPermission.@Nullable DecisionReference proof, @Nullable String esp) {

	}

	private record Audience(TenantId tenant, String topic) {

		static Audience of(QueuedSend waiting) {
			return new Audience(waiting.source().tenant(), waiting.source().topic());
		}

	}

}
