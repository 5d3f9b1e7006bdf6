package io.waypost.access.signin;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.security.web.authentication.WebAuthenticationDetails;

/** Remote address of the sign-in page's form, and the code of the second step. */
final class SignInDetails extends WebAuthenticationDetails {

	private static final long serialVersionUID = 1L;

	private static final String CODE = "code";

	/** Not kept in the session. */
	private final transient String code;

	SignInDetails(HttpServletRequest request) {
		super(request);
		@Nullable String entered = request.getParameter(CODE);
		this.code = (entered != null) ? entered : "";
	}

	String code() {
		return this.code;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return this == other;
	}

	@Override
	public int hashCode() {
		return System.identityHashCode(this);
	}

}
