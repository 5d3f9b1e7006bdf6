package io.waypost.database;

import java.util.Map;

/**
 * The region of this node. It serves the tenants of this region and those without a
 * region.
 *
 * @param name lower-case letters, digits and dashes; empty for a node without a region
 * @param urls public URLs of the regions by name
 */
public record ServedRegion(String name, Map<String, String> urls) {

	public ServedRegion {
		urls = Map.copyOf(urls);
	}

	/**
	 * Returns an SQL condition that leaves out the tenants of other regions, for
	 * statements that row-level security does not cover.
	 * @param column column with the id of a tenant
	 * @return the condition
	 */
	public String served(String column) {
		return "not exists (select from database.pinned_tenant p where p.tenant = %s and p.region <> '%s')"
			.formatted(column, this.name);
	}

}
