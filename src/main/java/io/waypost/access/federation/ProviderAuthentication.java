package io.waypost.access.federation;

import io.waypost.access.Caller;
import io.waypost.access.user.RoleMapper;

import org.springframework.security.authentication.AbstractAuthenticationToken;

/**
 * A user who signed in with an identity provider. Its details are not those of a password
 * sign-in, so two-step sign-in is left to the provider. Two sign-ins are never equal.
 */
public abstract class ProviderAuthentication extends AbstractAuthenticationToken {

	private static final long serialVersionUID = 1L;

	private final transient Caller caller;

	private final String provider;

	/**
	 * Makes the authentication of a session.
	 * @param caller the user
	 * @param provider name of the identity provider
	 */
	protected ProviderAuthentication(Caller caller, String provider) {
		super(RoleMapper.authorities(caller.roles()));
		this.caller = caller;
		this.provider = provider;
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

	/** Returns the name of the identity provider. */
	public String provider() {
		return this.provider;
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
