package io.waypost.access;

import java.util.Set;

import io.waypost.kernel.TenantId;

/**
 * A person who signs in.
 *
 * @param tenant whose data they see
 * @param name unique among all tenants: letters, digits and {@code _.@+-}
 * @param roles what they may do
 */
public record User(TenantId tenant, String name, Set<Role> roles) {

	public User {
		roles = Set.copyOf(roles);
	}

}
