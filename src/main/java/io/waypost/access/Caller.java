package io.waypost.access;

import java.util.Set;

import io.waypost.kernel.TenantId;

import org.springframework.security.core.AuthenticatedPrincipal;

/**
 * Who is signed in: the principal of every authenticated request. Controllers take it as
 * {@code @AuthenticationPrincipal Caller caller}.
 *
 * @param tenant whose data the caller may touch
 * @param name user or token name, as the ledger shows it
 * @param roles what the caller may do
 */
public record Caller(TenantId tenant, String name, Set<Role> roles) implements AuthenticatedPrincipal {

	public Caller {
		roles = Set.copyOf(roles);
	}

	@Override
	public String getName() {
		return this.name;
	}

}
