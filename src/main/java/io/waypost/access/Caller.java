package io.waypost.access;

import java.util.Set;

import io.waypost.kernel.TenantId;

import org.springframework.security.core.AuthenticatedPrincipal;

/**
 * The principal of every authenticated request. Controllers take it as
 * {@code @AuthenticationPrincipal Caller caller}.
 *
 * @param tenant the caller's tenant; no other tenant's data is accessible
 * @param name user or token name, as the ledger shows it
 * @param roles the caller's roles
 */
public record Caller(TenantId tenant, String name, Set<Role> roles) implements AuthenticatedPrincipal {

	public Caller {
		roles = Set.copyOf(roles);
	}

	/** Returns the caller as the ledger names it. */
	public String actor() {
		return "user:" + this.name;
	}

	@Override
	public String getName() {
		return this.name;
	}

}
