package io.waypost.access.saml;

import io.waypost.access.Caller;
import io.waypost.access.user.RoleMapper;

import org.springframework.security.authentication.AbstractAuthenticationToken;

/**
 * A user who signed in with a SAML identity provider. Its details are not those of a
 * password sign-in, so two-step sign-in is left to the provider.
 */
final class SamlAuthentication extends AbstractAuthenticationToken {

	private static final long serialVersionUID = 1L;

	private final transient Caller caller;

	private final String provider;

	/** Tells the provider at the sign-out whose session ends. */
	private final transient SamlAssertions.Statement statement;

	SamlAuthentication(Caller caller, String provider, SamlAssertions.Statement statement) {
		super(RoleMapper.authorities(caller.roles()));
		this.caller = caller;
		this.provider = provider;
		this.statement = statement;
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

	SamlAssertions.Statement statement() {
		return this.statement;
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
