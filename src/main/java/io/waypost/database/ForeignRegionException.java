package io.waypost.database;

/**
 * Work for a tenant that belongs to another region than this node. Nothing was read or
 * written.
 */
public class ForeignRegionException extends IllegalStateException {

	private final String region;

	public ForeignRegionException(String tenant, String region, String own) {
		super("Tenant '%s' belongs to the region '%s'; this node serves %s".formatted(tenant, region,
				own.isEmpty() ? "no region" : "the region '%s'".formatted(own)));
		this.region = region;
	}

	/** Returns the region of the tenant. */
	public String region() {
		return this.region;
	}

}
