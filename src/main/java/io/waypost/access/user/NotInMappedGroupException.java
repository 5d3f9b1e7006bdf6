package io.waypost.access.user;

import org.springframework.security.core.AuthenticationException;

/** The identity provider knows the user, but no group of the user has a role. */
public final class NotInMappedGroupException extends AuthenticationException {

	private static final long serialVersionUID = 1L;

	public NotInMappedGroupException(String provider) {
		super("No group of the user has a role in the entry '%s' of waypost.sign-in".formatted(provider));
	}

}
