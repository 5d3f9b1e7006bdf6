package io.waypost.access.oidc;

import io.waypost.access.Caller;
import io.waypost.access.user.RoleMapper;

import org.springframework.security.authentication.AbstractAuthenticationToken;

/**
 * A user who signed in with an identity provider. Its details are not those of a password
 * sign-in, so two-step sign-in is left to the provider.
 */
final class OidcAuthentication extends AbstractAuthenticationToken {

	private static final long serialVersionUID = 1L;

	private final transient Caller caller;

	private final String provider;

	/** Tells the provider at the sign-out which of its sessions ends. */
	private final transient String idToken;

	OidcAuthentication(Caller caller, String provider, String idToken) {
		super(RoleMapper.authorities(caller.roles()));
		this.caller = caller;
		this.provider = provider;
		this.idToken = idToken;
		setAuthenticated(true);
	}

	@Override
	public Object getCredentials() {
		return "";
	}

	@Override
	public Caller getPrincipal() {
		return this.caller;
	}

	String provider() {
		return this.provider;
	}

	String idToken() {
		return this.idToken;
	}

	@Override
	public boolean equals(Object other) {
		return this == other;
	}

	@Override
	public int hashCode() {
		return System.identityHashCode(this);
	}

}
