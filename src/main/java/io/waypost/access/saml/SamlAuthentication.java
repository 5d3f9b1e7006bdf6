package io.waypost.access.saml;

import io.waypost.access.Caller;
import io.waypost.access.federation.ProviderAuthentication;

/** A user who signed in with a SAML identity provider. */
final class SamlAuthentication extends ProviderAuthentication {

	private static final long serialVersionUID = 1L;

	/** Tells the provider at the sign-out whose session ends. */
	private final transient SamlAssertions.Statement statement;

	SamlAuthentication(Caller caller, String provider, SamlAssertions.Statement statement) {
		super(caller, provider);
		this.statement = statement;
	}

	SamlAssertions.Statement statement() {
		return this.statement;
	}

}
