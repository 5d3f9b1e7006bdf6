package io.waypost.access.signin;

import org.springframework.security.core.AuthenticationException;

/** The sign-in is throttled; the password was not checked. */
class TooManyAttemptsException extends AuthenticationException {

	TooManyAttemptsException() {
		super("Too many failed sign-in attempts");
	}

}
