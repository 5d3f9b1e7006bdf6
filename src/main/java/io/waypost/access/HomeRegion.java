package io.waypost.access;

import io.waypost.database.TenantScope;
import io.waypost.kernel.TenantId;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Refuses callers of other regions. Credentials are looked up among those of all regions,
 * so that such a caller learns the region instead of "unknown".
 */
public final class HomeRegion {

	private HomeRegion() {
	}

	/**
	 * Requires that a tenant belongs to the region of this node, or to none.
	 * @param jdbc reads in the scope of the tenant
	 * @param tenant the tenant of a valid credential
	 * @throws io.waypost.database.ForeignRegionException for another region
	 */
	public static void require(JdbcClient jdbc, TenantId tenant) {
		TenantScope.run(tenant,
				() -> jdbc.sql("SELECT 1 FROM access.tenant WHERE tenant_id = ?")
					.param(tenant.value())
					.query(Integer.class)
					.optional());
	}

}
