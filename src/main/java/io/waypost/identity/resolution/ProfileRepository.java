package io.waypost.identity.resolution;

import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import io.waypost.database.SqlArray;
import io.waypost.database.SqlTime;
import io.waypost.kernel.TenantId;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** SQL access to the rows of profiles: merges, versions and locks. */
@Component
public class ProfileRepository {

	private static final String LOCK = """
			select id, version from identity.profile
			where tenant_id = ? and id = any(?) and merged_into is null order by id for\s""";

	private final JdbcClient jdbc;

	private final Clock clock;

	public ProfileRepository(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/**
	 * Locks profiles in the order of their ids, so that no two batches wait for each
	 * other (deadlock).
	 * @param exclusive true to change their identifiers, false to keep others from
	 * changing them
	 * @return the versions of those that have not been merged into others
	 */
	public Map<UUID, Integer> lock(TenantId tenant, Collection<UUID> ids, boolean exclusive) {
		Map<UUID, Integer> versions = HashMap.newHashMap(ids.size());
		if (!ids.isEmpty()) {
			this.jdbc.sql(LOCK + (exclusive ? "update" : "share"))
				.param(tenant.value())
				.param(SqlArray.uuids(ids))
				.query((row) -> {
					versions.put(row.getObject(1, UUID.class), row.getInt(2));
				});
		}
		return versions;
	}

	void insert(TenantId tenant, List<UUID> ids, Set<UUID> identified) {
		this.jdbc.sql("""
				insert into identity.profile (tenant_id, id, identified, created_at)
				select ?, id, identified, ? from unnest(?::uuid[], ?::boolean[]) as created (id, identified)
				""")
			.param(tenant.value())
			.param(SqlTime.of(this.clock.instant()))
			.param(SqlArray.uuids(ids))
			.param(SqlArray.booleans(ids, identified::contains))
			.update();
	}

	/**
	 * Increments the version, which shows other transactions that the set of identifiers
	 * has changed.
	 */
	void incrementVersion(TenantId tenant, Collection<UUID> ids, Collection<UUID> identified) {
		this.jdbc.sql("""
				update identity.profile set version = version + 1, identified = identified or id = any(?)
				where tenant_id = ? and id = any(?)
				""").param(SqlArray.uuids(identified)).param(tenant.value()).param(SqlArray.uuids(ids)).update();
	}

	/**
	 * Records merges. Chains stay flat: an absorbed profile always refers to its last
	 * survivor.
	 */
	void recordMerges(TenantId tenant, List<UUID> absorbed, List<UUID> survivors, List<String> messageIds) {
		this.jdbc.sql("""
				update identity.profile p set merged_into = merge.survivor, version = version + 1
				from unnest(?::uuid[], ?::uuid[]) as merge (absorbed, survivor)
				where p.tenant_id = ? and (p.id = merge.absorbed or p.merged_into = merge.absorbed)
				""").param(SqlArray.uuids(absorbed)).param(SqlArray.uuids(survivors)).param(tenant.value()).update();
		this.jdbc.sql("""
				insert into identity.merge (tenant_id, absorbed, survivor, merged_at, message_id)
				select ?, absorbed, survivor, ?, message_id from unnest(?::uuid[], ?::uuid[], ?::text[])
					as merge (absorbed, survivor, message_id)
				""")
			.param(tenant.value())
			.param(SqlTime.of(this.clock.instant()))
			.param(SqlArray.uuids(absorbed))
			.param(SqlArray.uuids(survivors))
			.param(SqlArray.texts(messageIds))
			.update();
	}

}
