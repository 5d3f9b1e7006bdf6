package io.waypost.access;

import java.util.Set;

import io.waypost.kernel.TenantId;

/**
 * A user of the console and of the engine's web applications.
 *
 * @param tenant the user's tenant
 * @param name unique among all tenants: letters, digits and {@code _.@+-}
 * @param roles the user's roles
 */
public record User(TenantId tenant, String name, Set<Role> roles) {

	public User {
		roles = Set.copyOf(roles);
	}

}
