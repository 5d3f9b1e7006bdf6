package io.waypost.access.session;

import java.io.IOException;

import io.waypost.access.Caller;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Signs a browser out when its session has ended: the account was changed or deleted, an
 * administrator ended the session, or its lifetime is over. Runs behind the filter that
 * reads the authentication from the session.
 */
public final class SessionFilter extends OncePerRequestFilter {

	/** Attribute of the HTTP session with the key of the user session. */
	public static final String KEY = SessionFilter.class.getName() + ".key";

	private final UserSessions sessions;

	public SessionFilter(UserSessions sessions) {
		this.sessions = sessions;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		HttpSession session = request.getSession(false);
		if (session != null && isSignedIn() && !isActive(session)) {
			session.invalidate();
			SecurityContextHolder.clearContext();
		}
		chain.doFilter(request, response);
	}

	private boolean isActive(HttpSession session) {
		return session.getAttribute(KEY) instanceof String key && this.sessions.isActive(key);
	}

	private static boolean isSignedIn() {
		@Nullable Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
		return authentication != null && authentication.getPrincipal() instanceof Caller;
	}

}
