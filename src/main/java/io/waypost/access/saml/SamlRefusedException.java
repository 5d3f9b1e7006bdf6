package io.waypost.access.saml;

import org.springframework.security.core.AuthenticationException;

/** The answer of an identity provider is not acceptable. */
final class SamlRefusedException extends AuthenticationException {

	private static final long serialVersionUID = 1L;

	SamlRefusedException(String reason) {
		super(reason);
	}

	SamlRefusedException(String reason, Throwable cause) {
		super(reason, cause);
	}

}
