package io.waypost.access.signin;

import org.springframework.security.core.AuthenticationException;

/** Somebody has guessed too often; the password was not even looked at. */
class TooManyAttempts extends AuthenticationException {

	TooManyAttempts() {
		super("Too many failed attempts to sign in");
	}

}
