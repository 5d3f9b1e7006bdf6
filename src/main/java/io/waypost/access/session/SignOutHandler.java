package io.waypost.access.session;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.logout.LogoutHandler;

/**
 * Ends the session of a user who signs out. Runs before the HTTP session is invalidated.
 */
public final class SignOutHandler implements LogoutHandler {

	private final UserSessions sessions;

	public SignOutHandler(UserSessions sessions) {
		this.sessions = sessions;
	}

	@Override
	public void logout(HttpServletRequest request, HttpServletResponse response,
			@Nullable Authentication authentication) {
		HttpSession session = request.getSession(false);
		if (session != null && session.getAttribute(SessionFilter.KEY) instanceof String key) {
			this.sessions.end(key);
		}
	}

}
