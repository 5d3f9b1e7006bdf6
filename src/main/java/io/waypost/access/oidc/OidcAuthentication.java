package io.waypost.access.oidc;

import io.waypost.access.Caller;
import io.waypost.access.federation.ProviderAuthentication;

/** A user who signed in with an OpenID Connect provider. */
final class OidcAuthentication extends ProviderAuthentication {

	private static final long serialVersionUID = 1L;

	/** Tells the provider at the sign-out which of its sessions ends. */
	private final transient String idToken;

	OidcAuthentication(Caller caller, String provider, String idToken) {
		super(caller, provider);
		this.idToken = idToken;
	}

	String idToken() {
		return this.idToken;
	}

}
