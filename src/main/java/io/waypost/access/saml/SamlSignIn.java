package io.waypost.access.saml;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.stream.Collectors;

import io.waypost.access.user.ExternalUsers;
import io.waypost.access.user.NotInMappedGroupException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.authentication.session.ChangeSessionIdAuthenticationStrategy;
import org.springframework.security.web.authentication.session.CompositeSessionAuthenticationStrategy;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.csrf.CsrfAuthenticationStrategy;
import org.springframework.security.web.csrf.HttpSessionCsrfTokenRepository;
import org.springframework.stereotype.Component;

/** Adds the sign-in with SAML identity providers to the filter chain of the console. */
@Component
public class SamlSignIn {

	/** Paths that need no sign-in. */
	public static final String PATHS = "/login/saml2/**";

	/** Receives cross-site POST requests; the signature replaces the CSRF token. */
	public static final String ACS_PATHS = SamlProvider.ACS + "*";

	private static final Logger log = LoggerFactory.getLogger(SamlSignIn.class);

	private static final int LOGGED_CHARACTERS = 300;

	private final SamlProviders providers;

	private final SamlAssertions assertions;

	private final ExternalUsers users;

	private final Clock clock;

	SamlSignIn(SamlProviders providers, SamlAssertions assertions, ExternalUsers users, Clock clock) {
		this.providers = providers;
		this.assertions = assertions;
		this.users = users;
		this.clock = clock;
	}

	/**
	 * Adds the filter, when a provider is configured.
	 * @param http the filter chain
	 * @param success begins the session
	 */
	public void addTo(HttpSecurity http, AuthenticationSuccessHandler success) {
		if (this.providers.all().isEmpty()) {
			return;
		}
		SamlSignInFilter filter = new SamlSignInFilter(this.providers, new SamlResponseValidator(this.clock),
				this.assertions, this.users);
		filter.setAuthenticationManager((authentication) -> authentication);
		filter.setSecurityContextRepository(new HttpSessionSecurityContextRepository());
		filter.setSessionAuthenticationStrategy(
				new CompositeSessionAuthenticationStrategy(List.of(new ChangeSessionIdAuthenticationStrategy(),
						new CsrfAuthenticationStrategy(new HttpSessionCsrfTokenRepository()))));
		filter.setAuthenticationSuccessHandler(success);
		filter.setAuthenticationFailureHandler(SamlSignIn::redirectToLogin);
		http.addFilterBefore(filter, UsernamePasswordAuthenticationFilter.class);
	}

	/** Returns the origins to which a form of Waypost may lead, at the sign-out. */
	public String formTargets() {
		return this.providers.all().stream().map(SamlProvider::signOutOrigin).distinct().collect(Collectors.joining());
	}

	/**
	 * Redirects a user who signed in with SAML to the sign-out of the provider.
	 * @param authentication who signed out
	 * @param response receives the redirect
	 * @return false if the user signed in otherwise, or the provider has no sign-out
	 */
	public boolean signOut(@Nullable Authentication authentication, HttpServletResponse response) throws IOException {
		if (!(authentication instanceof SamlAuthentication signedIn)) {
			return false;
		}
		@Nullable SamlProvider provider = this.providers.find(signedIn.provider()).orElse(null);
		if (provider == null || provider.settings().idpSloUrl() == null) {
			return false;
		}
		response
			.sendRedirect(SamlRedirect.signOut(provider, provider.settings().idpSloUrl(), signedIn.statement()).url());
		return true;
	}

	/** The reason may contain text of the request. */
	private static String printable(String reason) {
		String line = reason.replaceAll("[^\\x20-\\x7E]", "?");
		return line.substring(0, Math.min(line.length(), LOGGED_CHARACTERS));
	}

	/** The sign-in page shows the reason by its query parameter. */
	private static void redirectToLogin(HttpServletRequest request, HttpServletResponse response,
			AuthenticationException failure) throws IOException {
		log.warn("Sign-in with an identity provider failed at {}: {}", printable(request.getRequestURI()),
				printable(String.valueOf(failure.getMessage())));
		response.sendRedirect("/login?" + ((failure instanceof NotInMappedGroupException) ? "nogroup" : "oidcerror"));
	}

}
