package io.waypost.kernel;

import java.util.regex.Pattern;

/**
 * A tenant: one sender organisation whose people, rules and messages are kept apart from
 * all others.
 *
 * @param value 1 to 40 lower-case letters, digits and hyphens
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
