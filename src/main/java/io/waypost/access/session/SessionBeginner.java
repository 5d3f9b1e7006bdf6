package io.waypost.access.session;

import java.io.IOException;

import io.waypost.access.Caller;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.security.web.savedrequest.RequestCache;

/** Begins the session of a user who signed in, and opens the page that was requested. */
public final class SessionBeginner extends SavedRequestAwareAuthenticationSuccessHandler {

	private final UserSessions sessions;

	public SessionBeginner(UserSessions sessions, RequestCache savedRequests) {
		this.sessions = sessions;
		setRequestCache(savedRequests);
	}

	@Override
	public void onAuthenticationSuccess(HttpServletRequest request, HttpServletResponse response,
			Authentication authentication) throws ServletException, IOException {
		if (authentication.getPrincipal() instanceof Caller caller) {
			request.getSession().setAttribute(SessionFilter.KEY, this.sessions.begin(caller));
		}
		super.onAuthenticationSuccess(request, response, authentication);
	}

}
