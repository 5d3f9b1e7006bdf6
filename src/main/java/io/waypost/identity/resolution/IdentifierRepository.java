package io.waypost.identity.resolution;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import io.waypost.identity.Identifier;
import io.waypost.identity.SqlArrayParameter;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table of identifiers, by blind index. Every statement takes a whole batch. */
@Component
public class IdentifierRepository {

	private static final String POINTER = """
			select i.hash, i.type, i.profile_id, i.direct, p.version, p.known
			from identity.identifier i
			left join identity.profile p on p.tenant_id = i.tenant_id and p.id = i.profile_id
			where i.tenant_id = ? and i.hash = any(?)
			""";

	private final JdbcClient jdbc;

	public IdentifierRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	Map<UUID, IdentifierMapping> find(TenantId tenant, Collection<UUID> hashes) {
		return pointers(POINTER, tenant, hashes);
	}

	/**
	 * Finds and keeps them from being pointed elsewhere until the end of the transaction.
	 */
	Map<UUID, IdentifierMapping> lock(TenantId tenant, Collection<UUID> hashes) {
		return pointers(POINTER + " order by i.hash for update of i", tenant, hashes);
	}

	/** How many identifiers point at each of these profiles. */
	Map<UUID, Integer> countByProfile(TenantId tenant, Collection<UUID> profiles) {
		Map<UUID, Integer> sizes = new HashMap<>();
		this.jdbc.sql("""
				select profile_id, count(*) from identity.identifier
				where tenant_id = ? and profile_id = any(?) group by profile_id
				""").param(tenant.value()).param(uuids(profiles)).query((row) -> {
			sizes.put(row.getObject(1, UUID.class), row.getInt(2));
		});
		return sizes;
	}

	void insert(TenantId tenant, List<Row> rows) {
		int inserted = this.jdbc.sql("""
				insert into identity.identifier (tenant_id, hash, type, profile_id, direct)
				select ?, hash, type, profile_id, direct
				from unnest(?::uuid[], ?::text[], ?::uuid[], ?::boolean[]) as sighted (hash, type, profile_id, direct)
				order by hash
				on conflict do nothing
				""")
			.param(tenant.value())
			.param(uuids(rows.stream().map(Row::hash).toList()))
			.param(new SqlArrayParameter("text", rows.stream().map((row) -> row.type().name()).toArray()))
			.param(new SqlArrayParameter("uuid", rows.stream().map(Row::profile).toArray()))
			.param(new SqlArrayParameter("boolean", rows.stream().map(Row::claimedByUserId).toArray()))
			.update();
		if (inserted < rows.size()) {
			throw new StaleIdentityException("An identifier");
		}
	}

	/** Points identifiers elsewhere, provided that they still point where they did. */
	void reassign(TenantId tenant, List<Row> rows, List<@Nullable UUID> from) {
		int moved = this.jdbc.sql("""
				update identity.identifier i set profile_id = moved.profile_id, direct = moved.direct
				from unnest(?::uuid[], ?::uuid[], ?::boolean[], ?::uuid[]) as moved (hash, profile_id, direct, was)
				where i.tenant_id = ? and i.hash = moved.hash and i.profile_id is not distinct from moved.was
				""")
			.param(uuids(rows.stream().map(Row::hash).toList()))
			.param(new SqlArrayParameter("uuid", rows.stream().map(Row::profile).toArray()))
			.param(new SqlArrayParameter("boolean", rows.stream().map(Row::claimedByUserId).toArray()))
			.param(new SqlArrayParameter("uuid", from.toArray()))
			.param(tenant.value())
			.update();
		if (moved < rows.size()) {
			throw new StaleIdentityException("An identifier");
		}
	}

	/** Everything that points at an absorbed profile points at its survivor. */
	void moveToSurvivors(TenantId tenant, List<UUID> absorbed, List<UUID> survivors) {
		this.jdbc.sql("""
				update identity.identifier i set profile_id = merge.survivor
				from unnest(?::uuid[], ?::uuid[]) as merge (absorbed, survivor)
				where i.tenant_id = ? and i.profile_id = merge.absorbed
				""").param(uuids(absorbed)).param(uuids(survivors)).param(tenant.value()).update();
	}

	private Map<UUID, IdentifierMapping> pointers(String sql, TenantId tenant, Collection<UUID> hashes) {
		Map<UUID, IdentifierMapping> found = HashMap.newHashMap(hashes.size());
		if (!hashes.isEmpty()) {
			this.jdbc.sql(sql).param(tenant.value()).param(uuids(hashes)).query((row) -> {
				found.put(row.getObject(1, UUID.class), pointer(row));
			});
		}
		return found;
	}

	static Set<UUID> profiles(Collection<IdentifierMapping> pointers) {
		Set<UUID> profiles = new HashSet<>();
		for (IdentifierMapping pointer : pointers) {
			if (pointer.profile() != null) {
				profiles.add(pointer.profile());
			}
		}
		return profiles;
	}

	public static SqlArrayParameter uuids(Collection<UUID> ids) {
		return new SqlArrayParameter("uuid", new ArrayList<>(ids).toArray());
	}

	private static IdentifierMapping pointer(ResultSet row) throws SQLException {
		return new IdentifierMapping(Identifier.Type.valueOf(row.getString(2)), row.getObject(3, UUID.class),
				row.getBoolean(4), row.getInt(5), row.getBoolean(6));
	}

	/** One identifier as it shall be. */
	record Row(UUID hash, Identifier.Type type, @Nullable UUID profile, boolean claimedByUserId) {
	}

}
