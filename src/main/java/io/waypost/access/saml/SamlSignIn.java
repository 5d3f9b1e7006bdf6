package io.waypost.access.saml;

import java.io.IOException;
import java.time.Clock;
import java.util.stream.Collectors;

import io.waypost.access.federation.ProviderSignIn;
import io.waypost.access.user.ExternalUsers;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.stereotype.Component;

/** Adds the sign-in with SAML identity providers to the filter chain of the console. */
@Component
public class SamlSignIn {

	/** Paths that need no sign-in. */
	public static final String PATHS = "/login/saml2/**";

	/** Receives cross-site POST requests; the signature replaces the CSRF token. */
	public static final String ACS_PATHS = SamlProvider.ACS + "*";

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
		ProviderSignIn.configure(filter, success);
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

}
