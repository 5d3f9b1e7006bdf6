package io.waypost.kernel;

import java.util.regex.Pattern;

/**
 * Id of a tenant: one sender organisation, whose profiles, rules and messages are
 * separate from those of all other tenants.
 *
 * @param value 1 to 40 lower-case letters, digits and inner hyphens
 */
public record TenantId(String value) {

	private static final Pattern SHAPE = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?");

	public TenantId {
		if (!SHAPE.matcher(value).matches()) {
			throw new IllegalArgumentException(
					"Tenant id '%s' must be 1 to 40 lower-case letters, digits or inner hyphens".formatted(value));
		}
	}

	@Override
	public String toString() {
		return this.value;
	}

}
