package io.waypost.access.tenant;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.waypost.access.InvalidRequestException;
import io.waypost.database.ServedRegion;
import io.waypost.database.SqlTime;
import io.waypost.database.TenantRegions;
import io.waypost.database.TenantScope;
import io.waypost.kernel.TenantId;
import io.waypost.ledger.Ledger;
import io.waypost.ledger.LedgerEntry;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Creates, lists and deletes tenants. Every change is recorded in the tenant's ledger.
 */
@Component
public class Tenants {

	private final JdbcClient jdbc;

	private final TenantRegions regions;

	private final Ledger ledger;

	private final ServedRegion region;

	private final Clock clock;

	public Tenants(JdbcClient jdbc, Ledger ledger, ServedRegion region, Clock clock) {
		this.jdbc = jdbc;
		this.regions = new TenantRegions(jdbc);
		this.ledger = ledger;
		this.region = region;
		this.clock = clock;
	}

	/**
	 * A tenant.
	 *
	 * @param id its id
	 * @param createdAt when it was created
	 * @param users number of user accounts
	 * @param sources number of sources
	 * @param region region it belongs to; null for none
	 */
	public record Tenant(TenantId id, Instant createdAt, int users, int sources, @Nullable String region) {

	}

	/**
	 * Lists the tenants by id.
	 * @param after id of the last one on the page before, empty for the first page
	 * @param limit most rows
	 * @return at most so many
	 */
	public List<Tenant> list(String after, int limit) {
		return TenantScope.anywhere(() -> withRegions(this.jdbc.sql("""
				SELECT tenant_id, created_at,
					(SELECT count(*) FROM access.app_user u WHERE u.tenant_id = t.tenant_id) AS users,
					(SELECT count(*) FROM access.source s WHERE s.tenant_id = t.tenant_id) AS sources
				FROM access.tenant t
				WHERE tenant_id > ?
				ORDER BY tenant_id
				LIMIT ?
				""")
			.params(after, limit)
			.query((row, number) -> new Tenant(new TenantId(row.getString("tenant_id")),
					SqlTime.read(row, "created_at"), row.getInt("users"), row.getInt("sources"), null))
			.list()));
	}

	private List<Tenant> withRegions(List<Tenant> tenants) {
		Map<String, String> known = this.regions.of(tenants.stream().map((tenant) -> tenant.id().value()).toList());
		return tenants.stream()
			.map((tenant) -> new Tenant(tenant.id(), tenant.createdAt(), tenant.users(), tenant.sources(),
					known.get(tenant.id().value())))
			.toList();
	}

	/**
	 * Creates a tenant without users. It belongs to the region of this node, if that has
	 * one.
	 * @param id the new tenant
	 * @param actor who creates it, as the ledger shows it
	 * @throws InvalidRequestException a 409 when the tenant exists
	 */
	@Transactional
	public void create(TenantId id, String actor) {
		Instant now = this.clock.instant();
		int created = this.jdbc
			.sql("INSERT INTO access.tenant (tenant_id, created_at) VALUES (?, ?) ON CONFLICT DO NOTHING")
			.params(id.value(), SqlTime.of(now))
			.update();
		if (created == 0) {
			throw InvalidRequestException.conflict("Tenant '%s' exists already; choose another id".formatted(id));
		}
		record(id, "tenant.created", actor, now);
		if (!this.region.name().isEmpty()) {
			this.regions.assign(id.value(), this.region.name());
		}
	}

	/**
	 * Deletes a tenant that has no users, API tokens and sources any more. Its data and
	 * its ledger stay.
	 * @param id the tenant
	 * @param actor who deletes it
	 * @throws InvalidRequestException a 404 for an unknown tenant, a 409 while it has
	 * accounts
	 */
	@Transactional
	public void delete(TenantId id, String actor) {
		requireExisting(id);
		List<String> left = this.jdbc.sql("""
				SELECT 'user ' || name FROM access.app_user WHERE tenant_id = :tenant
				UNION ALL SELECT 'API token ' || name FROM access.api_token WHERE tenant_id = :tenant
				UNION ALL SELECT 'source ' || name FROM access.source WHERE tenant_id = :tenant
				LIMIT 3
				""").param("tenant", id.value()).query(String.class).list();
		if (!left.isEmpty()) {
			throw InvalidRequestException
				.conflict("Tenant '%s' has accounts; delete them first: %s".formatted(id, String.join(", ", left)));
		}
		this.jdbc.sql("DELETE FROM access.tenant WHERE tenant_id = ?").param(id.value()).update();
		record(id, "tenant.deleted", actor, this.clock.instant());
	}

	/**
	 * Assigns a tenant to a region. From then on, nodes of other regions refuse its
	 * requests and leave its data alone. The data is not moved. Call it within
	 * {@link TenantScope#anywhere}, because the ledger is written at the commit.
	 * @param id the tenant
	 * @param region name of the region; null to serve the tenant in every region
	 * @param actor who decides it, as the ledger shows it
	 * @throws InvalidRequestException a 404 for an unknown tenant, a 400 for a wrong name
	 */
	@Transactional
	public void assignRegion(TenantId id, @Nullable String region, String actor) {
		if (region != null && !region.matches("[a-z][a-z0-9-]{0,31}")) {
			throw InvalidRequestException.badRequest("/region",
					"'%s' is no region; use lower-case letters, digits and dashes, such as eu".formatted(region));
		}
		if (this.jdbc.sql("SELECT 1 FROM access.tenant WHERE tenant_id = ? FOR UPDATE")
			.param(id.value())
			.query(Integer.class)
			.optional()
			.isEmpty()) {
			throw unknown(id);
		}
		this.ledger.record(List.of(new LedgerEntry(id, this.clock.instant(), "tenant.region", "tenant:" + id, actor,
				Map.of("region", (region != null) ? region : ""))));
		this.regions.assign(id.value(), region);
	}

	/**
	 * Requires that a tenant exists.
	 * @param id the tenant
	 * @throws InvalidRequestException a 404
	 */
	public void requireExisting(TenantId id) {
		boolean exists = TenantScope
			.of(id, () -> this.jdbc.sql("SELECT 1 FROM access.tenant WHERE tenant_id = ? FOR SHARE")
				.param(id.value())
				.query(Integer.class)
				.optional())
			.isPresent();
		if (!exists) {
			throw unknown(id);
		}
	}

	private static InvalidRequestException unknown(TenantId id) {
		return InvalidRequestException
			.notFound("There is no tenant '%s'; GET /api/v1/tenants lists the tenants".formatted(id));
	}

	private void record(TenantId id, String kind, String actor, Instant at) {
		this.ledger.record(List.of(new LedgerEntry(id, at, kind, "tenant:" + id, actor, Map.of())));
	}

}
