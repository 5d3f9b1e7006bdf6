package io.waypost.database.tenant;

import java.util.Map;

import io.waypost.database.ServedRegion;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The region of this node.
 *
 * @param name region of this node, such as eu: it serves tenants of this region and those
 * without a region; without a name only those without a region
 * @param urls public URLs of the regions by name; a request for a tenant of another
 * region is answered with its URL
 */
@ConfigurationProperties("waypost.region")
record RegionSettings(@DefaultValue("") String name, @DefaultValue Map<String, String> urls) {

	/** Property of the name, which is needed before settings are bound. */
	static final String NAME = "waypost.region.name";

	RegionSettings {
		if (!name.matches("([a-z][a-z0-9-]{0,31})?")) {
			throw new IllegalArgumentException(
					"waypost.region.name '%s' is no region; use lower-case letters, digits and dashes, such as eu or us-east"
						.formatted(name));
		}
	}

	ServedRegion region() {
		return new ServedRegion(this.name, this.urls);
	}

}
