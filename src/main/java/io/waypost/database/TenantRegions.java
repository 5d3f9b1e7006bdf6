package io.waypost.database;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/** The regions that tenants are assigned to. */
public final class TenantRegions {

	private final JdbcClient jdbc;

	/**
	 * Reads and writes with a client.
	 * @param jdbc connections of the application
	 */
	public TenantRegions(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Reads the regions of tenants.
	 * @param tenants ids
	 * @return regions by id, without tenants that have none
	 */
	public Map<String, String> of(Collection<String> tenants) {
		Map<String, String> regions = new HashMap<>();
		this.jdbc.sql("select tenant, region from database.pinned_tenant where tenant = any (?)")
			.param(tenants.toArray(String[]::new))
			.query((row) -> {
				regions.put(row.getString("tenant"), row.getString("region"));
			});
		return regions;
	}

	/**
	 * Assigns a tenant.
	 * @param tenant id
	 * @param region checked name, null for every region
	 */
	public void assign(String tenant, @Nullable String region) {
		if (region == null) {
			this.jdbc.sql("delete from database.pinned_tenant where tenant = ?").param(tenant).update();
			return;
		}
		this.jdbc.sql("""
				insert into database.pinned_tenant (tenant, region) values (?, ?)
				on conflict (tenant) do update set region = excluded.region
				""").params(tenant, region).update();
	}

}
