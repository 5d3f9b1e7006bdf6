package io.waypost.identity.resolution;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import io.waypost.database.SqlArray;
import io.waypost.identity.Identifier;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * SQL access to identifiers by their blind index. Every statement processes a whole
 * batch.
 */
@Component
class IdentifierRepository {

	private static final String SELECT = """
			select i.hash, i.type, i.profile_id, i.claimed_by_user_id, p.version, p.identified
			from identity.identifier i
			left join identity.profile p on p.tenant_id = i.tenant_id and p.id = i.profile_id
			where i.tenant_id = ? and i.hash = any(?)
			""";

	private final JdbcClient jdbc;

	IdentifierRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	Map<UUID, IdentifierMapping> find(TenantId tenant, Collection<UUID> hashes) {
		return mappings(SELECT, tenant, hashes);
	}

	/**
	 * Finds identifiers and locks them against reassignment until the end of the
	 * transaction.
	 */
	Map<UUID, IdentifierMapping> lock(TenantId tenant, Collection<UUID> hashes) {
		return mappings(SELECT + " order by i.hash for update of i", tenant, hashes);
	}

	/** Counts the identifiers of each of these profiles. */
	Map<UUID, Integer> countByProfile(TenantId tenant, Collection<UUID> profiles) {
		Map<UUID, Integer> sizes = new HashMap<>();
		this.jdbc.sql("""
				select profile_id, count(*) from identity.identifier
				where tenant_id = ? and profile_id = any(?) group by profile_id
				""").param(tenant.value()).param(SqlArray.uuids(profiles)).query((row) -> {
			sizes.put(row.getObject(1, UUID.class), row.getInt(2));
		});
		return sizes;
	}

	void insert(TenantId tenant, List<Row> rows) {
		int inserted = this.jdbc
			.sql("""
					insert into identity.identifier (tenant_id, hash, type, profile_id, claimed_by_user_id)
					select ?, hash, type, profile_id, claimed_by_user_id
					from unnest(?::uuid[], ?::text[], ?::uuid[], ?::boolean[]) as observed (hash, type, profile_id, claimed_by_user_id)
					order by hash
					on conflict do nothing
					""")
			.param(tenant.value())
			.param(SqlArray.uuids(rows, Row::hash))
			.param(SqlArray.texts(rows, (row) -> row.type().name()))
			.param(SqlArray.uuids(rows, Row::profile))
			.param(SqlArray.booleans(rows, Row::claimedByUserId))
			.update();
		if (inserted < rows.size()) {
			throw new StaleIdentityException("An identifier");
		}
	}

	/**
	 * Reassigns identifiers, provided that they still belong to the expected profiles.
	 */
	void reassign(TenantId tenant, List<Reassignment> moves) {
		int moved = this.jdbc
			.sql("""
					update identity.identifier i set profile_id = moved.profile_id, claimed_by_user_id = moved.claimed_by_user_id
					from unnest(?::uuid[], ?::uuid[], ?::boolean[], ?::uuid[])
						as moved (hash, profile_id, claimed_by_user_id, expected)
					where i.tenant_id = ? and i.hash = moved.hash and i.profile_id is not distinct from moved.expected
					""")
			.param(SqlArray.uuids(moves, (move) -> move.row().hash()))
			.param(SqlArray.uuids(moves, (move) -> move.row().profile()))
			.param(SqlArray.booleans(moves, (move) -> move.row().claimedByUserId()))
			.param(SqlArray.uuids(moves, Reassignment::from))
			.param(tenant.value())
			.update();
		if (moved < moves.size()) {
			throw new StaleIdentityException("An identifier");
		}
	}

	/** Moves all identifiers of absorbed profiles to their survivors. */
	void moveToSurvivors(TenantId tenant, List<UUID> absorbed, List<UUID> survivors) {
		this.jdbc.sql("""
				update identity.identifier i set profile_id = merge.survivor
				from unnest(?::uuid[], ?::uuid[]) as merge (absorbed, survivor)
				where i.tenant_id = ? and i.profile_id = merge.absorbed
				""").param(SqlArray.uuids(absorbed)).param(SqlArray.uuids(survivors)).param(tenant.value()).update();
	}

	private Map<UUID, IdentifierMapping> mappings(String sql, TenantId tenant, Collection<UUID> hashes) {
		Map<UUID, IdentifierMapping> found = HashMap.newHashMap(hashes.size());
		if (!hashes.isEmpty()) {
			this.jdbc.sql(sql).param(tenant.value()).param(SqlArray.uuids(hashes)).query((row) -> {
				found.put(row.getObject(1, UUID.class), mapping(row));
			});
		}
		return found;
	}

	static Set<UUID> profiles(Collection<IdentifierMapping> mappings) {
		Set<UUID> profiles = new HashSet<>();
		for (IdentifierMapping mapping : mappings) {
			if (mapping.profile() != null) {
				profiles.add(mapping.profile());
			}
		}
		return profiles;
	}

	private static IdentifierMapping mapping(ResultSet row) throws SQLException {
		return new IdentifierMapping(Identifier.Type.valueOf(row.getString(2)), row.getObject(3, UUID.class),
				row.getBoolean(4), row.getInt(5), row.getBoolean(6));
	}

	/** One identifier as it is to be stored. */
	record Row(UUID hash, Identifier.Type type, @Nullable UUID profile, boolean claimedByUserId) {
	}

	/**
	 * A change of the profile of an identifier.
	 *
	 * @param row the identifier as it is to be stored
	 * @param from the expected profile, null when it belongs to no one
	 */
	record Reassignment(Row row, @Nullable UUID from) {

	}

}
