package io.waypost.access;

import java.util.Set;

import io.waypost.kernel.TenantId;

import org.springframework.security.core.AuthenticatedPrincipal;

/**
 * The principal of every authenticated request. Controllers take it as
 * {@code @AuthenticationPrincipal Caller caller}.
 *
 * @param tenant the caller's tenant; no other tenant's data is accessible
 * @param name name of the user, or {@code token:} and the name of an API token
 * @param roles the caller's roles
 */
public record Caller(TenantId tenant, String name, Set<Role> roles) implements AuthenticatedPrincipal {

	/** Users cannot have a name with a colon, so no token has the name of a user. */
	private static final String TOKEN_PREFIX = "token:";

	public Caller {
		roles = Set.copyOf(roles);
	}

	/**
	 * Makes the principal of an API token. Its name differs from all names of users, so a
	 * token never counts as the user of the same name.
	 * @param tenant the token's tenant
	 * @param token name of the token
	 * @param roles the token's roles
	 * @return the principal, for example {@code token:reporting}
	 */
	public static Caller ofToken(TenantId tenant, String token, Set<Role> roles) {
		return new Caller(tenant, TOKEN_PREFIX + token, roles);
	}

	/** Whether a person signed in; false for a program with an API token. */
	public boolean isUser() {
		return !this.name.startsWith(TOKEN_PREFIX);
	}

	/** Returns the caller as the ledger names it. */
	public String actor() {
		return actor(this.name);
	}

	/**
	 * Returns the actor with the name of a caller, where only the name is known: in the
	 * engine.
	 * @param name name of a caller
	 * @return {@code user:anna} or {@code token:reporting}
	 */
	public static String actor(String name) {
		return name.startsWith(TOKEN_PREFIX) ? name : "user:" + name;
	}

	@Override
	public String getName() {
		return this.name;
	}

}
