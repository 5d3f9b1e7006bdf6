package io.waypost.delivery.restore;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import io.waypost.access.AdminCommand;
import io.waypost.access.InvalidRequestException;
import io.waypost.database.SqlTime;
import io.waypost.delivery.store.SendLedger;
import io.waypost.kernel.IdGenerator;
import io.waypost.kernel.TenantId;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * {@code admin withhold-queued-sends --reason restored}: after a backup was restored,
 * before a node starts. The messages that were queued when the backup was taken have been
 * sent since, but the restored database does not know. Sends whose provider call was in
 * progress need no command: their outcome is unknown after their lease, and they are
 * reconciled.
 */
@Component
public class WithholdQueuedSends implements AdminCommand {

	private static final int BATCH = 1_000;

	private final JdbcClient jdbc;

	private final TransactionTemplate transaction;

	private final SendLedger ledger;

	private final IdGenerator ids;

	private final Clock clock;

	public WithholdQueuedSends(JdbcClient jdbc, TransactionTemplate transaction, SendLedger ledger, IdGenerator ids,
			Clock clock) {
		this.jdbc = jdbc;
		this.transaction = transaction;
		this.ledger = ledger;
		this.ids = ids;
		this.clock = clock;
	}

	@Override
	public String name() {
		return "withhold-queued-sends";
	}

	@Override
	public String run(Map<String, String> options) {
		String reason = options.getOrDefault("reason", "");
		if (!reason.matches("[a-z][a-z_]{0,39}")) {
			throw InvalidRequestException.badRequest("/reason",
					"'%s' is no reason; give one in lower case, such as --reason restored".formatted(reason));
		}
		int withheld = 0;
		for (String tenant : tenants()) {
			int batch;
			do {
				batch = Objects
					.requireNonNull(this.transaction.execute((status) -> withhold(new TenantId(tenant), reason)));
				withheld += batch;
			}
			while (batch == BATCH);
		}
		return "Withheld %d queued sends".formatted(withheld);
	}

	private List<String> tenants() {
		return this.jdbc.sql("select distinct tenant_id from delivery.send where status = 'queued' order by tenant_id")
			.query(String.class)
			.list();
	}

	private int withhold(TenantId tenant, String reason) {
		UUID entry = this.ids.next();
		List<String> withheld = this.jdbc.sql("""
				with target as (
					select id from delivery.send where tenant_id = :tenant and status = 'queued'
					order by id limit :batch for update
				)
				update delivery.send s
				set status = 'withheld', reason = :reason, ready_at = null,
					ledger_entries = s.ledger_entries || :entry::uuid, updated_at = :now
				from target where s.tenant_id = :tenant and s.id = target.id
				returning s.id
				""")
			.param("tenant", tenant.value())
			.param("batch", BATCH)
			.param("reason", reason)
			.param("entry", entry)
			.param("now", SqlTime.of(this.clock.instant()))
			.query(String.class)
			.list();
		this.ledger.record(tenant, "sends.withheld", entry, withheld.isEmpty() ? Map.of() : Map.of(reason, withheld),
				Map.of());
		return withheld.size();
	}

}
