package io.waypost.journey.engine.deploy;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.waypost.access.AccessRight;
import io.waypost.access.Caller;
import io.waypost.access.InvalidRequestException;
import io.waypost.access.SecondPerson;
import io.waypost.database.SqlTime;
import io.waypost.kernel.Fingerprint;
import io.waypost.kernel.TenantId;
import io.waypost.ledger.Ledger;
import io.waypost.ledger.LedgerEntry;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The approval of decision tables that gate sends. A table that a user deploys is stored
 * as pending and becomes active when another user with the right approves it. No role is
 * enough alone.
 */
@Component
class TableApprovals {

	private final JdbcClient jdbc;

	private final ObjectProvider<Ledger> ledger;

	private final ObjectProvider<SecondPerson> persons;

	private final TransactionTemplate separate;

	private final Clock clock;

	TableApprovals(JdbcClient jdbc, ObjectProvider<Ledger> ledger, ObjectProvider<SecondPerson> persons,
			PlatformTransactionManager transactions, Clock clock) {
		this.jdbc = jdbc;
		this.ledger = ledger;
		this.persons = persons;
		this.separate = new TransactionTemplate(transactions);
		this.separate.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
		this.clock = clock;
	}

	/**
	 * A table that waits for approval or was approved.
	 *
	 * @param digest identifies the file
	 * @param table key of the table
	 * @param resource name of the file
	 * @param proposedBy user who deployed it
	 * @param proposedAt time of the deployment
	 * @param approvedBy user who approved it, null while it is pending
	 */
	record TableApproval(String digest, String table, String resource, String proposedBy, Instant proposedAt,
			@Nullable String approvedBy) {

	}

	static String digest(byte[] model) {
		return Fingerprint.ofBytes(model).hex();
	}

	/**
	 * Uses up the approval of a file by another user than the one who deployed it first.
	 * An approval counts for one deployment: a table that was replaced needs a new one.
	 * @return false if there is none
	 */
	boolean useApproval(TenantId tenant, String digest) {
		return this.jdbc.sql("""
				UPDATE journey.table_approval SET activated_at = ?
				WHERE tenant_id = ? AND digest = ? AND approved_by IS NOT NULL AND activated_at IS NULL
				""").params(SqlTime.of(this.clock.instant()), tenant.value(), digest).update() == 1;
	}

	/**
	 * Stores a table as pending, in a transaction of its own: the deployment is refused
	 * and rolls back.
	 */
	void propose(Caller caller, String table, String resource, String model, String digest) {
		this.separate.executeWithoutResult((status) -> {
			int added = this.jdbc
				.sql("""
						INSERT INTO journey.table_approval (tenant_id, digest, table_key, resource, model, proposed_by, proposed_at)
						VALUES (?, ?, ?, ?, ?, ?, ?)
						ON CONFLICT (tenant_id, digest) DO UPDATE
						SET proposed_by = excluded.proposed_by, proposed_at = excluded.proposed_at,
							approved_by = NULL, approved_at = NULL, activated_at = NULL
						WHERE table_approval.activated_at IS NOT NULL
						""")
				.params(caller.tenant().value(), digest, table, resource, model, caller.name(),
						SqlTime.of(this.clock.instant()))
				.update();
			if (added == 1) {
				record(caller, "table.proposed", table, digest);
			}
		});
	}

	List<TableApproval> pending(TenantId tenant) {
		return this.jdbc.sql("""
				SELECT digest, table_key, resource, proposed_by, proposed_at, approved_by FROM journey.table_approval
				WHERE tenant_id = ? AND approved_by IS NULL ORDER BY proposed_at DESC LIMIT 500
				""")
			.param(tenant.value())
			.query((row, number) -> new TableApproval(row.getString("digest"), row.getString("table_key"),
					row.getString("resource"), row.getString("proposed_by"), SqlTime.read(row, "proposed_at"),
					row.getString("approved_by")))
			.list();
	}

	/**
	 * Approves a pending table.
	 * @return its file name and its content
	 * @throws InvalidRequestException a 403 without the right, a 404 for an unknown
	 * digest, a 409 for an API token, for the user who deployed it or handed out the
	 * credential of that user, and when it was approved before
	 */
	Map.Entry<String, String> approve(Caller caller, String digest) {
		AccessRight.APPROVE_TABLES.require(caller);
		if (!caller.isUser()) {
			throw InvalidRequestException
				.conflict("'%s' is an API token; a user must sign in and approve the table, so that two people decide"
					.formatted(caller.name()));
		}
		Pending pending = find(caller.tenant(), digest).orElseThrow(() -> InvalidRequestException
			.notFound("No table '%s' waits for approval; see /api/v1/decision-tables/approvals".formatted(digest)));
		if (pending.proposedBy().equals(caller.name())) {
			throw InvalidRequestException
				.conflict("'%s' deployed this table; another user must approve it".formatted(caller.name()));
		}
		this.persons.getObject()
			.require(caller.tenant(), caller.actor(), Caller.actor(pending.proposedBy()),
					"The table '%s'".formatted(pending.table()));
		int approved = this.jdbc.sql("""
					UPDATE journey.table_approval SET approved_by = ?, approved_at = ?
				WHERE tenant_id = ? AND digest = ? AND approved_by IS NULL
					""")
			.params(caller.name(), SqlTime.of(this.clock.instant()), caller.tenant().value(), digest)
			.update();
		if (approved == 0) {
			throw InvalidRequestException.conflict("Table '%s' was approved before".formatted(digest));
		}
		record(caller, "table.approved", pending.table(), digest);
		return Map.entry(pending.resource(), pending.model());
	}

	private Optional<Pending> find(TenantId tenant, String digest) {
		return this.jdbc
			.sql("""
					SELECT table_key, resource, model, proposed_by FROM journey.table_approval WHERE tenant_id = ? AND digest = ?
					""")
			.params(tenant.value(), digest)
			.query((row, number) -> new Pending(row.getString("table_key"), row.getString("resource"),
					row.getString("model"), row.getString("proposed_by")))
			.optional();
	}

	private void record(Caller caller, String kind, String table, String digest) {
		this.ledger.getObject()
			.record(List.of(new LedgerEntry(caller.tenant(), this.clock.instant(), kind, "table:" + table,
					caller.actor(), Map.of("digest", digest))));
	}

	private record Pending(String table, String resource, String model, String proposedBy) {

	}

}
