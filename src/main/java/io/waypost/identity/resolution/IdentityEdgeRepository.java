package io.waypost.identity.resolution;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

import io.waypost.database.AdvisoryLock;
import io.waypost.database.AdvisoryLocks;
import io.waypost.database.SqlArray;
import io.waypost.kernel.TenantId;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** SQL access to claims and aliases. Edges are only added; an erasure deletes them. */
@Component
class IdentityEdgeRepository {

	/** Limits the number of advisory locks of one transaction. */
	private static final int STRIPES = 512;

	private static final List<Long> LOCK_KEYS = IntStream.range(0, STRIPES)
		.mapToObj(AdvisoryLock.USER_IDENTITY::key)
		.toList();

	private final JdbcClient jdbc;

	private final AdvisoryLocks locks;

	IdentityEdgeRepository(JdbcClient jdbc, AdvisoryLocks locks) {
		this.jdbc = jdbc;
		this.locks = locks;
	}

	/** Returns those of the claims that are stored. */
	Set<IdentityEdge> findRecorded(TenantId tenant, Collection<IdentityEdge> claims) {
		return edges("""
				select claimed_hash, claimant_hash from identity.identifier_claim
				where tenant_id = ? and (claimed_hash, claimant_hash) in (select * from unnest(?::uuid[], ?::uuid[]))
				""", tenant, SqlArray.uuids(claims, IdentityEdge::hash),
				SqlArray.uuids(claims, IdentityEdge::otherHash));
	}

	Set<IdentityEdge> claimsOn(TenantId tenant, Collection<UUID> hashes) {
		return edges("""
				select claimed_hash, claimant_hash from identity.identifier_claim
				where tenant_id = ? and claimed_hash = any(?)
				""", tenant, SqlArray.uuids(hashes));
	}

	Set<IdentityEdge> claimsBy(TenantId tenant, Collection<UUID> hashes) {
		return edges("""
				select claimed_hash, claimant_hash from identity.identifier_claim
				where tenant_id = ? and claimant_hash = any(?)
				""", tenant, SqlArray.uuids(hashes));
	}

	/** Returns the claims that identifiers of these profiles make. */
	Set<IdentityEdge> claimsByProfiles(TenantId tenant, Collection<UUID> profiles) {
		return edges("""
				select c.claimed_hash, c.claimant_hash
				from identity.identifier i
				join identity.identifier_claim c on c.tenant_id = i.tenant_id and c.claimant_hash = i.hash
				where i.tenant_id = ? and i.profile_id = any(?)
				""", tenant, SqlArray.uuids(profiles));
	}

	Set<IdentityEdge> aliasesOf(TenantId tenant, Collection<UUID> users) {
		return edges("""
				select user_hash, previous_user_hash from identity.user_alias
				where tenant_id = ? and user_hash = any(?)
				union
				select user_hash, previous_user_hash from identity.user_alias
				where tenant_id = ? and previous_user_hash = any(?)
				""", tenant, SqlArray.uuids(users), tenant.value(), SqlArray.uuids(users));
	}

	void recordClaims(TenantId tenant, Collection<IdentityEdge> claims) {
		insert("identity.identifier_claim (tenant_id, claimed_hash, claimant_hash)", tenant, claims);
	}

	void recordAliases(TenantId tenant, Collection<IdentityEdge> aliases) {
		insert("identity.user_alias (tenant_id, user_hash, previous_user_hash)", tenant, aliases);
	}

	/**
	 * Serialises transactions that store a user id for the first time or name it in an
	 * alias: otherwise each could miss what the other is about to commit.
	 */
	void lockUserIds(TenantId tenant, Collection<UUID> users) {
		this.locks.lockAll(AdvisoryLock.USER_IDENTITY,
				users.stream()
					.map((user) -> LOCK_KEYS.get(Math.floorMod(31 * tenant.hashCode() + user.hashCode(), STRIPES)))
					.toList());
	}

	private void insert(String into, TenantId tenant, Collection<IdentityEdge> edges) {
		this.jdbc.sql("insert into " + into + """
				 select ?, hash, other_hash from unnest(?::uuid[], ?::uuid[]) as edge (hash, other_hash)
				order by hash, other_hash
				on conflict do nothing
				""")
			.param(tenant.value())
			.param(SqlArray.uuids(edges, IdentityEdge::hash))
			.param(SqlArray.uuids(edges, IdentityEdge::otherHash))
			.update();
	}

	private Set<IdentityEdge> edges(String sql, TenantId tenant, Object... parameters) {
		Set<IdentityEdge> edges = new LinkedHashSet<>();
		this.jdbc.sql(sql).param(tenant.value()).params(List.of(parameters)).query((row) -> {
			edges.add(new IdentityEdge(row.getObject(1, UUID.class), row.getObject(2, UUID.class)));
		});
		return edges;
	}

}
