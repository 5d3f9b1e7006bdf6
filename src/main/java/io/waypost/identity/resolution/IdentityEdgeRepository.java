package io.waypost.identity.resolution;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

import io.waypost.identity.SqlArrayParameter;
import io.waypost.kernel.TenantId;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What was ever seen together: claims and aliases. Edges are only ever added. */
@Component
public class IdentityEdgeRepository {

	/** Bounds the advisory locks of one transaction. */
	private static final int STRIPES = 512;

	private static final int LOCK_SPACE = 0x1DE7;

	private final JdbcClient jdbc;

	public IdentityEdgeRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** Which of these claims are on record. */
	Set<IdentityEdge> findRecorded(TenantId tenant, Collection<IdentityEdge> claims) {
		return edges("""
				select hash, by_hash from identity.claim
				where tenant_id = ? and (hash, by_hash) in (select * from unnest(?::uuid[], ?::uuid[]))
				""", tenant, claims.stream().map(IdentityEdge::hash).toList(),
				claims.stream().map(IdentityEdge::otherHash).toList());
	}

	Set<IdentityEdge> claimsOn(TenantId tenant, Collection<UUID> hashes) {
		return edges("select hash, by_hash from identity.claim where tenant_id = ? and hash = any(?)", tenant, hashes);
	}

	Set<IdentityEdge> claimsBy(TenantId tenant, Collection<UUID> hashes) {
		return edges("select hash, by_hash from identity.claim where tenant_id = ? and by_hash = any(?)", tenant,
				hashes);
	}

	/** Claims that any identifier of these profiles makes. */
	Set<IdentityEdge> claimsByProfiles(TenantId tenant, Collection<UUID> profiles) {
		return edges("""
				select c.hash, c.by_hash
				from identity.identifier i
				join identity.claim c on c.tenant_id = i.tenant_id and c.by_hash = i.hash
				where i.tenant_id = ? and i.profile_id = any(?)
				""", tenant, profiles);
	}

	Set<IdentityEdge> aliasesOf(TenantId tenant, Collection<UUID> users) {
		return edges("""
				select hash, previous_hash from identity.alias where tenant_id = ? and hash = any(?)
				union select hash, previous_hash from identity.alias where tenant_id = ? and previous_hash = any(?)
				""", tenant, users, tenant, users);
	}

	void recordClaims(TenantId tenant, Collection<IdentityEdge> claims) {
		record("insert into identity.claim (tenant_id, hash, by_hash)", tenant, claims);
	}

	void recordAliases(TenantId tenant, Collection<IdentityEdge> aliases) {
		record("insert into identity.alias (tenant_id, hash, previous_hash)", tenant, aliases);
	}

	/**
	 * Makes transactions that first see a user id, and those that name it in an alias,
	 * take turns: otherwise each could miss what the other is about to commit.
	 */
	void lockUserIds(TenantId tenant, Collection<UUID> users) {
		Set<Integer> stripes = new TreeSet<>();
		users.forEach((user) -> stripes.add(Math.floorMod(31 * tenant.hashCode() + user.hashCode(), STRIPES)));
		this.jdbc.sql("select pg_advisory_xact_lock(?, stripe) from unnest(?::int[]) as stripe")
			.param(LOCK_SPACE)
			.param(new SqlArrayParameter("int4", stripes.toArray()))
			.query((row) -> {
			});
	}

	private void record(String into, TenantId tenant, Collection<IdentityEdge> edges) {
		this.jdbc.sql(into + """
				 select ?, hash, by_hash from unnest(?::uuid[], ?::uuid[]) as seen (hash, by_hash)
				order by hash, by_hash
				on conflict do nothing
				""")
			.param(tenant.value())
			.param(IdentifierRepository.uuids(edges.stream().map(IdentityEdge::hash).toList()))
			.param(IdentifierRepository.uuids(edges.stream().map(IdentityEdge::otherHash).toList()))
			.update();
	}

	private Set<IdentityEdge> edges(String sql, Object... params) {
		JdbcClient.StatementSpec statement = this.jdbc.sql(sql);
		for (Object param : params) {
			statement = statement.param(switch (param) {
				case TenantId tenant -> tenant.value();
				case Collection<?> hashes -> new SqlArrayParameter("uuid", List.copyOf(hashes).toArray());
				default -> param;
			});
		}
		Set<IdentityEdge> edges = new LinkedHashSet<>();
		statement.query((row) -> {
			edges.add(new IdentityEdge(row.getObject(1, UUID.class), row.getObject(2, UUID.class)));
		});
		return edges;
	}

}
