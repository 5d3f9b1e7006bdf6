package io.waypost.access.oidc;

import org.springframework.security.core.AuthenticationException;

/** The identity provider knows the user, but no group of the user has a role. */
final class NotInMappedGroupException extends AuthenticationException {

	private static final long serialVersionUID = 1L;

	NotInMappedGroupException(String provider) {
		super("No group of the user has a role in waypost.sign-in.oidc '%s'".formatted(provider));
	}

}
