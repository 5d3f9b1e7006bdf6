package io.waypost.identity.resolution;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import io.waypost.identity.SqlArrayParameter;
import io.waypost.kernel.TenantId;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table of profiles: what merges change, and the locks that keep batches apart. */
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
	 * other.
	 * @param exclusive to change what points at them; else only to keep that from
	 * changing
	 * @return the versions of those that still survive
	 */
	public Map<UUID, Integer> lock(TenantId tenant, Collection<UUID> ids, boolean exclusive) {
		Map<UUID, Integer> versions = HashMap.newHashMap(ids.size());
		if (!ids.isEmpty()) {
			this.jdbc.sql(LOCK + (exclusive ? "update" : "share"))
				.param(tenant.value())
				.param(IdentifierRepository.uuids(ids))
				.query((row) -> {
					versions.put(row.getObject(1, UUID.class), row.getInt(2));
				});
		}
		return versions;
	}

	void insert(TenantId tenant, List<UUID> ids, Set<UUID> known) {
		this.jdbc.sql("""
				insert into identity.profile (tenant_id, id, known, created_at)
				select ?, id, known, ? from unnest(?::uuid[], ?::boolean[]) as created (id, known)
				""")
			.param(tenant.value())
			.param(Timestamp.from(this.clock.instant()))
			.param(IdentifierRepository.uuids(ids))
			.param(new SqlArrayParameter("boolean", ids.stream().map(known::contains).toArray()))
			.update();
	}

	/** Tells everyone who looked before that the set of identifiers has changed. */
	void incrementVersion(TenantId tenant, Collection<UUID> ids, Collection<UUID> known) {
		this.jdbc.sql("""
				update identity.profile set version = version + 1, known = known or id = any(?)
				where tenant_id = ? and id = any(?)
				""")
			.param(IdentifierRepository.uuids(known))
			.param(tenant.value())
			.param(IdentifierRepository.uuids(ids))
			.update();
	}

	/**
	 * Records merges. Chains are kept flat: an absorbed profile names its last survivor.
	 */
	void recordMerges(TenantId tenant, List<UUID> absorbed, List<UUID> survivors, List<String> causes) {
		this.jdbc.sql("""
				update identity.profile p set merged_into = merge.survivor, version = version + 1
				from unnest(?::uuid[], ?::uuid[]) as merge (absorbed, survivor)
				where p.tenant_id = ? and (p.id = merge.absorbed or p.merged_into = merge.absorbed)
				""")
			.param(IdentifierRepository.uuids(absorbed))
			.param(IdentifierRepository.uuids(survivors))
			.param(tenant.value())
			.update();
		this.jdbc.sql("""
				insert into identity.merge (tenant_id, absorbed, survivor, merged_at, cause)
				select ?, absorbed, survivor, ?, cause from unnest(?::uuid[], ?::uuid[], ?::text[])
					as merge (absorbed, survivor, cause)
				""")
			.param(tenant.value())
			.param(Timestamp.from(this.clock.instant()))
			.param(IdentifierRepository.uuids(absorbed))
			.param(IdentifierRepository.uuids(survivors))
			.param(new SqlArrayParameter("text", causes.toArray()))
			.update();
	}

}
