package io.waypost.access.federation;

import java.io.IOException;
import java.util.List;

import io.waypost.access.user.NotInMappedGroupException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.authentication.AbstractAuthenticationProcessingFilter;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.authentication.session.ChangeSessionIdAuthenticationStrategy;
import org.springframework.security.web.authentication.session.CompositeSessionAuthenticationStrategy;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.csrf.CsrfAuthenticationStrategy;
import org.springframework.security.web.csrf.HttpSessionCsrfTokenRepository;

/** Begins and refuses sessions of users who come back from an identity provider. */
public final class ProviderSignIn {

	private static final Logger log = LoggerFactory.getLogger(ProviderSignIn.class);

	private static final int LOGGED_CHARACTERS = 300;

	private ProviderSignIn() {
	}

	/**
	 * Lets a filter begin sessions like the sign-in with a password does.
	 * @param filter reads what the provider says
	 * @param success runs after a sign-in
	 */
	public static void configure(AbstractAuthenticationProcessingFilter filter, AuthenticationSuccessHandler success) {
		filter.setSecurityContextRepository(new HttpSessionSecurityContextRepository());
		filter.setSessionAuthenticationStrategy(
				new CompositeSessionAuthenticationStrategy(List.of(new ChangeSessionIdAuthenticationStrategy(),
						new CsrfAuthenticationStrategy(new HttpSessionCsrfTokenRepository()))));
		filter.setAuthenticationSuccessHandler(success);
		filter.setAuthenticationFailureHandler(ProviderSignIn::redirectToLogin);
	}

	/**
	 * Logs a failure and shows the sign-in page with its kind.
	 * @param request the request that failed
	 * @param response receives the redirect
	 * @param failure why
	 */
	public static void redirectToLogin(HttpServletRequest request, HttpServletResponse response,
			AuthenticationException failure) throws IOException {
		String reason = String.valueOf(
				(failure instanceof OAuth2AuthenticationException oauth) ? oauth.getError() : failure.getMessage());
		log.warn("Sign-in with an identity provider failed at {}: {}", printable(request.getRequestURI()),
				printable(reason));
		response
			.sendRedirect("/login?" + ((failure instanceof NotInMappedGroupException) ? "nogroup" : "providererror"));
	}

	/** Path and reason may contain text of the request. */
	private static String printable(String text) {
		String line = text.replaceAll("[^\\x20-\\x7E]", "?");
		return line.substring(0, Math.min(line.length(), LOGGED_CHARACTERS));
	}

}
