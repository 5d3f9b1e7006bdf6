package io.waypost.access.oidc;

import java.util.Collection;
import java.util.List;

import io.waypost.access.Caller;
import io.waypost.access.User;
import io.waypost.access.user.ExternalUsers;
import io.waypost.access.user.NotInMappedGroupException;
import io.waypost.database.TenantScope;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.AuthorizationRequestRepository;
import org.springframework.security.oauth2.client.web.HttpSessionOAuth2AuthorizationRequestRepository;
import org.springframework.security.oauth2.client.web.OAuth2LoginAuthenticationFilter;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.web.client.RestClientException;

/**
 * Finishes a sign-in when the identity provider sends the browser back. Spring Security
 * checks the state, the nonce and the ID token; this filter adds which provider answers,
 * and replaces the principal by the account of Waypost.
 */
final class OidcSignInFilter extends OAuth2LoginAuthenticationFilter {

	private final OidcProviders providers;

	private final ExternalUsers users;

	private final AuthorizationRequestRepository<OAuth2AuthorizationRequest> requests = new HttpSessionOAuth2AuthorizationRequestRepository();

	OidcSignInFilter(OidcProviders providers, ExternalUsers users, ClientRegistrationRepository registrations) {
		super(registrations, new NoTokenStorage(), OidcSignIn.CALLBACK + "/*");
		this.providers = providers;
		this.users = users;
		setAuthorizationRequestRepository(this.requests);
	}

	@Override
	public Authentication attemptAuthentication(HttpServletRequest request, HttpServletResponse response) {
		String name = request.getRequestURI().substring(OidcSignIn.CALLBACK.length() + 1);
		OidcSettings provider = this.providers.find(name)
			.orElseThrow(() -> new OAuth2AuthenticationException("unknown_provider"));
		requireAnswerOf(provider, request);
		try {
			Authentication authentication = super.attemptAuthentication(request, response);
			if (!(authentication.getPrincipal() instanceof OidcUser user)) {
				throw new OAuth2AuthenticationException("no_id_token");
			}
			return account(provider, user.getIdToken());
		}
		catch (RestClientException | IllegalStateException ex) {
			// The provider is down, or its tenant does not exist
			throw new OAuth2AuthenticationException(new OAuth2Error("unavailable", ex.getMessage(), null), ex);
		}
	}

	/**
	 * Refuses the answer of another provider than the one that was asked (mix-up attack,
	 * RFC 9207).
	 */
	private void requireAnswerOf(OidcSettings provider, HttpServletRequest request) {
		@Nullable OAuth2AuthorizationRequest asked = this.requests.loadAuthorizationRequest(request);
		@Nullable String issuer = request.getParameter("iss");
		if ((asked != null && !asked.getRedirectUri().endsWith(request.getRequestURI()))
				|| (issuer != null && !issuer.equals(provider.issuerUrl()))) {
			throw new OAuth2AuthenticationException("other_provider");
		}
	}

	private OidcAuthentication account(OidcSettings provider, OidcIdToken token) {
		ExternalUsers.Identity identity = new ExternalUsers.Identity(provider.tenantId(), provider.id(),
				provider.issuerUrl(), token.getSubject(), text(token, provider.directoryClaim()),
				provider.justInTime());
		User user = TenantScope
			.of(identity.tenant(),
					() -> this.users.signIn(identity, text(token, provider.nameClaim()),
							provider.roles(groups(provider, token))))
			.orElseThrow(() -> new NotInMappedGroupException(provider.id()));
		return new OidcAuthentication(new Caller(user.tenant(), user.name(), user.roles()), provider.id(),
				token.getTokenValue());
	}

	/** Returns the empty text if the claim is missing or no text. */
	private static String text(OidcIdToken token, String claim) {
		return (token.getClaim(claim) instanceof String text) ? text : "";
	}

	/** A list, or a single group. Anything else is no group. */
	private static List<String> groups(OidcSettings provider, OidcIdToken token) {
		@Nullable Object claim = token.getClaim(provider.groupsClaim());
		if (claim instanceof String group) {
			return List.of(group);
		}
		return (claim instanceof Collection<?> groups)
				? groups.stream().filter(String.class::isInstance).map(String.class::cast).toList() : List.of();
	}

}
