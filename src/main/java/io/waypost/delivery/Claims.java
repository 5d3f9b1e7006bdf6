package io.waypost.delivery;

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

import io.waypost.consent.Permission;
import io.waypost.delivery.SendQueue.Waiting;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import io.waypost.ledger.Entry;
import io.waypost.ledger.Ledger;
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
class Claims {

	private final JdbcClient jdbc;

	private final TransactionTemplate transaction;

	private final SendQueue queue;

	private final Seams.Gate gate;

	private final EspRoster roster;

	private final Ledger ledger;

	private final DeliverySettings settings;

	private final Json json;

	private final Clock clock;

	Claims(JdbcClient jdbc, TransactionTemplate transaction, SendQueue queue, Seams.Gate gate, EspRoster roster,
			Ledger ledger, DeliverySettings settings, Json json, Clock clock) {
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
	Catch claim(int limit) {
		long claimedNanos = System.nanoTime();
		Instant claimedAt = this.clock.instant();
		Catch caught = this.transaction.execute((status) -> {
			List<Waiting> due = this.queue.lockDue(limit);
			if (due.isEmpty()) {
				return new Catch(0, List.of());
			}
			List<Decided> decided = decide(due);
			write(decided);
			this.ledger.record(withheld(decided));
			return new Catch(due.size(), submitting(decided, claimedAt, claimedNanos));
		});
		return Objects.requireNonNull(caught);
	}

	private List<Decided> decide(List<Waiting> due) {
		Map<Audience, Set<ProfileId>> audiences = new HashMap<>();
		due.forEach((waiting) -> audiences.computeIfAbsent(Audience.of(waiting), (key) -> new LinkedHashSet<>())
			.add(waiting.words().profile()));
		Map<Audience, Map<ProfileId, Permission>> permissions = new HashMap<>();
		audiences.forEach((audience, profiles) -> permissions.put(audience,
				this.gate.decide(audience.tenant(), audience.topic(), profiles)));
		return due.stream()
			.map((waiting) -> decide(waiting, permissions.getOrDefault(Audience.of(waiting), Map.of())))
			.toList();
	}

	private Decided decide(Waiting waiting, Map<ProfileId, Permission> permissions) {
		// An unanswered question is a no
		return switch (permissions.get(waiting.words().profile())) {
			case Permission.Granted granted -> this.roster.choose(waiting.refusedBy())
				.map((esp) -> new Decided(waiting, SendStatus.SUBMITTING, null, granted.proof(), esp))
				.orElseGet(() -> new Decided(waiting, SendStatus.QUEUED, null, null, null));
			case Permission.Withheld withheld ->
				new Decided(waiting, SendStatus.WITHHELD, withheld.reason(), withheld.proof(), null);
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
			.param("tenants", Columns.of(decided, (row) -> row.waiting().words().tenant()))
			.param("ids", Columns.of(decided, (row) -> row.waiting().words().send()))
			.param("statuses", Columns.of(decided, (row) -> Columns.name(row.status())))
			.param("reasons", Columns.of(decided, Decided::reason))
			.param("gates", Columns.of(decided, (row) -> (row.proof() == null) ? null : this.json.write(row.proof())))
			.param("versions",
					Columns.of(decided, (row) -> (row.proof() == null) ? null : row.proof().consentVersion()))
			.param("esps", Columns.of(decided, Decided::esp))
			.param("lease", Columns.time(now.plus(this.settings.lease())))
			.param("later", Columns.time(now.plus(this.settings.pollInterval())))
			.param("now", Columns.time(now))
			.update();
	}

	private List<Entry> withheld(List<Decided> decided) {
		Instant now = this.clock.instant();
		List<Entry> entries = new ArrayList<>();
		for (Decided row : decided) {
			if (row.status() == SendStatus.WITHHELD) {
				entries.add(new Entry(row.waiting().words().tenant(), now, "send.withheld",
						"send:" + row.waiting().words().send(), "system",
						Map.of("reason", Optional.ofNullable(row.reason()).orElse("unknown"), "at", "dispatch")));
			}
		}
		return entries;
	}

	private static List<Claimed> submitting(List<Decided> decided, Instant claimedAt, long claimedNanos) {
		List<Claimed> claimed = new ArrayList<>();
		for (Decided row : decided) {
			if (row.status() == SendStatus.SUBMITTING && row.esp() != null) {
				Waiting waiting = row.waiting();
				claimed.add(new Claimed(waiting.words(), waiting.attempts() + 1, waiting.fence() + 1, row.esp(),
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
	record Catch(int moved, List<Claimed> toSubmit) {

	}

	private record Decided(Waiting waiting, SendStatus status, @Nullable String reason,
			Permission.@Nullable Proof proof, @Nullable String esp) {

	}

	private record Audience(TenantId tenant, String topic) {

		static Audience of(Waiting waiting) {
			return new Audience(waiting.words().tenant(), waiting.words().topic());
		}

	}

}
