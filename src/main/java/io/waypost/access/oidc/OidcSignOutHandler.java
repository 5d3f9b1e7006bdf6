package io.waypost.access.oidc;

import java.io.IOException;
import java.util.Optional;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.web.authentication.logout.LogoutSuccessHandler;
import org.springframework.security.web.util.UrlUtils;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClientException;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Ends the session at the identity provider too, when a user who signed in there signs
 * out (RP-initiated logout). The provider sends the browser back to the sign-in page.
 */
@Component
public class OidcSignOutHandler implements LogoutSuccessHandler {

	private static final Logger log = LoggerFactory.getLogger(OidcSignOutHandler.class);

	private static final String SIGNED_OUT = "/login?signedout";

	private final OidcProviders providers;

	OidcSignOutHandler(OidcProviders providers) {
		this.providers = providers;
	}

	@Override
	public void onLogoutSuccess(HttpServletRequest request, HttpServletResponse response,
			@Nullable Authentication authentication) throws IOException {
		response.sendRedirect((authentication instanceof OidcAuthentication signedIn)
				? atProvider(signedIn, request).orElse(SIGNED_OUT) : SIGNED_OUT);
	}

	private Optional<String> atProvider(OidcAuthentication signedIn, HttpServletRequest request) {
		return endpoint(signedIn.provider()).map((endpoint) -> UriComponentsBuilder.fromUriString(endpoint)
			.queryParam("id_token_hint", "{token}")
			.queryParam("post_logout_redirect_uri", "{target}")
			.encode()
			.buildAndExpand(signedIn.idToken(), baseUrl(request) + SIGNED_OUT)
			.toUriString());
	}

	private Optional<String> endpoint(String provider) {
		try {
			@Nullable ClientRegistration registration = this.providers.registration(provider);
			return Optional.ofNullable(registration)
				.map((found) -> found.getProviderDetails().getConfigurationMetadata().get("end_session_endpoint"))
				.map(String::valueOf);
		}
		catch (RestClientException | IllegalStateException ex) {
			log.warn("The session at identity provider '{}' stays open: {}", provider, ex.getMessage());
			return Optional.empty();
		}
	}

	private static String baseUrl(HttpServletRequest request) {
		return UrlUtils.buildFullRequestUrl(request.getScheme(), request.getServerName(), request.getServerPort(), "",
				null);
	}

}
