package io.waypost.access.signin;

import org.springframework.security.core.AuthenticationException;

/** The password is right, but users of the tenant sign in with an identity provider. */
class PasswordSwitchedOffException extends AuthenticationException {

	private static final long serialVersionUID = 1L;

	PasswordSwitchedOffException(String tenant) {
		super("Users of tenant '%s' sign in with their identity provider".formatted(tenant));
	}

}
