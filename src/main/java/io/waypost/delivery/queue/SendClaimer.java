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
import io.waypost.database.JsonColumn;
import io.waypost.database.SqlArray;
import io.waypost.database.SqlTime;
import io.waypost.delivery.DeliverySettings;
import io.waypost.delivery.SendStatus;
import io.waypost.delivery.esp.failover.EspRegistry;
import io.waypost.delivery.queue.SendQueue.QueuedSend;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import io.waypost.ledger.Ledger;
import io.waypost.ledger.LedgerEntry;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Claims due sends. One transaction locks the sends, checks permission again and writes
 * the lease, before any provider is called. The check locks the consents it reads, so
 * that a revocation is either seen here or commits afterwards.
 */
@Component
public class SendClaimer {

	private final JdbcClient jdbc;

	private final TransactionTemplate transaction;

	private final SendQueue queue;

	private final PermissionCheck permissionCheck;

	private final EspRegistry registry;

	private final Ledger ledger;

	private final DeliverySettings settings;

	private final JsonColumn json;

	private final Clock clock;

	public SendClaimer(JdbcClient jdbc, TransactionTemplate transaction, SendQueue queue,
			PermissionCheck permissionCheck, EspRegistry registry, Ledger ledger, DeliverySettings settings,
			JsonColumn json, Clock clock) {
		this.jdbc = jdbc;
		this.transaction = transaction;
		this.queue = queue;
		this.permissionCheck = permissionCheck;
		this.registry = registry;
		this.ledger = ledger;
		this.settings = settings;
		this.json = json;
		this.clock = clock;
	}

	/**
	 * Claims due sends.
	 * @param limit maximum number
	 * @return number of due sends, and those to submit
	 */
	public ClaimResult claim(int limit) {
		long claimedNanos = System.nanoTime();
		Instant claimedAt = this.clock.instant();
		ClaimResult result = this.transaction.execute((status) -> {
			List<QueuedSend> due = this.queue.lockDue(limit);
			if (due.isEmpty()) {
				return new ClaimResult(0, List.of());
			}
			List<ClaimDecision> decisions = decide(due);
			write(decisions);
			this.ledger.record(withheldEntries(decisions));
			return new ClaimResult(due.size(), toClaimedSends(decisions, claimedAt, claimedNanos));
		});
		return Objects.requireNonNull(result);
	}

	private List<ClaimDecision> decide(List<QueuedSend> due) {
		Map<TopicKey, Set<ProfileId>> profilesByTopic = new HashMap<>();
		due.forEach((queued) -> profilesByTopic.computeIfAbsent(TopicKey.of(queued), (key) -> new LinkedHashSet<>())
			.add(queued.source().profile()));
		Map<TopicKey, Map<ProfileId, SendPermission>> permissions = new HashMap<>();
		profilesByTopic.forEach((topicKey, profiles) -> permissions.put(topicKey,
				this.permissionCheck.decide(topicKey.tenant(), topicKey.topic(), profiles)));
		Instant now = this.clock.instant();
		return due.stream()
			.map((queued) -> decide(queued, permissions.getOrDefault(TopicKey.of(queued), Map.of()), now))
			.toList();
	}

	private ClaimDecision decide(QueuedSend queued, Map<ProfileId, SendPermission> permissions, Instant now) {
		String ended = (queued.validity() != null) ? queued.validity().reason(now) : null;
		if (ended != null) {
			return new ClaimDecision(queued, SendStatus.WITHHELD, ended, null, null);
		}
		// No answer means no permission
		return switch (permissions.get(queued.source().profile())) {
			case SendPermission.Granted granted -> this.registry.choose(queued.refusedBy())
				.map((esp) -> new ClaimDecision(queued, SendStatus.SUBMITTING, null, granted.decision(), esp))
				.orElseGet(() -> new ClaimDecision(queued, SendStatus.QUEUED, null, null, null));
			case SendPermission.Withheld withheld ->
				new ClaimDecision(queued, SendStatus.WITHHELD, withheld.reason(), withheld.decision(), null);
			case null -> new ClaimDecision(queued, SendStatus.WITHHELD, "unknown", null, null);
		};
	}

	/**
	 * Updates the sends and writes the lease in one statement, so that neither exists
	 * without the other.
	 */
	private void write(List<ClaimDecision> decisions) {
		Instant now = this.clock.instant();
		this.jdbc
			.sql("""
					with d as (
						select * from unnest(:tenants::text[], :ids::uuid[], :statuses::text[], :reasons::text[], :permissions::jsonb[],
							:versions::bigint[], :esps::text[]) as d(tenant_id, id, status, reason, permission, version, esp)
					), moved as (
						update delivery.send s
						set status = d.status,
							reason = d.reason,
							permission = coalesce(d.permission, s.permission),
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
					insert into delivery.claim_lease (until, sends)
					select :lease, array_agg(id) from moved where status = 'submitting' having count(*) > 0
					""")
			.param("tenants", SqlArray.texts(decisions, (row) -> row.queued().source().tenant().value()))
			.param("ids", SqlArray.uuids(decisions, (row) -> row.queued().source().send().value()))
			.param("statuses", SqlArray.texts(decisions, (row) -> row.status().key()))
			.param("reasons", SqlArray.texts(decisions, ClaimDecision::reason))
			.param("permissions",
					SqlArray.texts(decisions, (row) -> (row.proof() == null) ? null : this.json.write(row.proof())))
			.param("versions",
					SqlArray.longs(decisions, (row) -> (row.proof() == null) ? null : row.proof().consentVersion()))
			.param("esps", SqlArray.texts(decisions, ClaimDecision::esp))
			.param("lease", SqlTime.of(now.plus(this.settings.lease())))
			.param("later", SqlTime.of(now.plus(this.settings.pollInterval())))
			.param("now", SqlTime.of(now))
			.update();
	}

	private List<LedgerEntry> withheldEntries(List<ClaimDecision> decisions) {
		Instant now = this.clock.instant();
		List<LedgerEntry> entries = new ArrayList<>();
		for (ClaimDecision row : decisions) {
			if (row.status() == SendStatus.WITHHELD) {
				entries.add(new LedgerEntry(row.queued().source().tenant(), now, "send.withheld",
						"send:" + row.queued().source().send(), "system",
						Map.of("reason", Optional.ofNullable(row.reason()).orElse("unknown"), "at", "dispatch")));
			}
		}
		return entries;
	}

	private static List<ClaimedSend> toClaimedSends(List<ClaimDecision> decisions, Instant claimedAt,
			long claimedNanos) {
		List<ClaimedSend> claimed = new ArrayList<>();
		for (ClaimDecision row : decisions) {
			if (row.status() == SendStatus.SUBMITTING && row.esp() != null) {
				QueuedSend queued = row.queued();
				claimed.add(new ClaimedSend(queued.source(), queued.attempts() + 1, queued.fence() + 1, row.esp(),
						queued.refusedBy(), queued.since(), claimedAt, claimedNanos));
			}
		}
		return claimed;
	}

	/**
	 * Result of a claim.
	 *
	 * @param due number of sends that were due
	 * @param toSubmit sends that may be submitted
	 */
	public record ClaimResult(int due, List<ClaimedSend> toSubmit) {

	}

	private record ClaimDecision(QueuedSend queued, SendStatus status, @Nullable String reason,
			SendPermission.@Nullable DecisionReference proof, @Nullable String esp) {

	}

	private record TopicKey(TenantId tenant, String topic) {

		static TopicKey of(QueuedSend queued) {
			return new TopicKey(queued.source().tenant(), queued.source().topic());
		}

	}

}
