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

}
