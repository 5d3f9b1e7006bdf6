package io.waypost.access.signin;

import org.springframework.security.core.AuthenticationException;

/** The password is right, but the account needs a second step. */
class TwoStepException extends AuthenticationException {

	private static final long serialVersionUID = 1L;

	TwoStepException() {
		super("The account has two-step sign-in");
	}

}
