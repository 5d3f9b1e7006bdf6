package io.waypost.access.oidc;

import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.waypost.access.federation.ProviderSignIn;
import io.waypost.access.user.ExternalUsers;

import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.oidc.authentication.OidcAuthorizationCodeAuthenticationProvider;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenDecoderFactory;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.converter.ClaimTypeConverter;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

/**
 * Adds the sign-in with identity providers to the filter chain of the console:
 * authorization code flow, always with PKCE, state and nonce.
 */
@Component
public class OidcSignIn {

	/** The name of a provider follows. */
	static final String START = "/oauth2/authorization";

	/** The name of a provider follows. */
	static final String CALLBACK = "/login/oauth2/code";

	/**
	 * Public keys only: a secret of Waypost must not verify a token, nor no key at all.
	 */
	private static final Set<SignatureAlgorithm> ALGORITHMS = Set.of(SignatureAlgorithm.RS256, SignatureAlgorithm.PS256,
			SignatureAlgorithm.ES256);

	private final OidcProviders providers;

	private final ExternalUsers users;

	private final Clock clock;

	/** Discovery replaces registrations; decoders of the earlier ones are dropped. */
	private final Cache<ClientRegistration, JwtDecoder> decoders = Caffeine.newBuilder().weakKeys().build();

	OidcSignIn(OidcProviders providers, ExternalUsers users, Clock clock) {
		this.providers = providers;
		this.users = users;
		this.clock = clock;
	}

	/**
	 * Adds the filters, when a provider is configured.
	 * @param http the filter chain
	 * @param savedRequests where the page is kept that a user asked for
	 * @param success begins the session
	 */
	public void addTo(HttpSecurity http, RequestCache savedRequests, AuthenticationSuccessHandler success) {
		if (this.providers.isEmpty()) {
			return;
		}
		ClientRegistrationRepository registrations = this.providers::registration;
		http.addFilterBefore(startFilter(registrations, savedRequests), UsernamePasswordAuthenticationFilter.class);
		http.addFilterBefore(finishFilter(registrations, success), UsernamePasswordAuthenticationFilter.class);
	}

	/** Returns the origins to which a form of Waypost may lead, at the sign-out. */
	public String formTargets() {
		return this.providers.issuers()
			.stream()
			.map(URI::create)
			.map((issuer) -> " %s://%s".formatted(issuer.getScheme(), issuer.getAuthority()))
			.distinct()
			.collect(Collectors.joining());
	}

	private OAuth2AuthorizationRequestRedirectFilter startFilter(ClientRegistrationRepository registrations,
			RequestCache savedRequests) {
		DefaultOAuth2AuthorizationRequestResolver resolver = new DefaultOAuth2AuthorizationRequestResolver(
				registrations, START);
		resolver.setAuthorizationRequestCustomizer(OAuth2AuthorizationRequestCustomizers.withPkce());
		OAuth2AuthorizationRequestRedirectFilter filter = new OAuth2AuthorizationRequestRedirectFilter(resolver);
		filter.setRequestCache(savedRequests);
		filter.setAuthenticationFailureHandler(ProviderSignIn::redirectToLogin);
		return filter;
	}

	private OidcSignInFilter finishFilter(ClientRegistrationRepository registrations,
			AuthenticationSuccessHandler success) {
		OidcSignInFilter filter = new OidcSignInFilter(this.providers, this.users, registrations);
		filter.setAuthenticationManager(new ProviderManager(provider()));
		ProviderSignIn.configure(filter, success);
		return filter;
	}

	/** Reads no user info: all claims come from the signed ID token. */
	private OidcAuthorizationCodeAuthenticationProvider provider() {
		OidcAuthorizationCodeAuthenticationProvider provider = new OidcAuthorizationCodeAuthenticationProvider(
				tokenClient(), (request) -> new DefaultOidcUser(List.of(), request.getIdToken()));
		provider.setJwtDecoderFactory((registration) -> this.decoders.get(registration, this::decoder));
		return provider;
	}

	private static RestClientAuthorizationCodeTokenResponseClient tokenClient() {
		RestClientAuthorizationCodeTokenResponseClient client = new RestClientAuthorizationCodeTokenResponseClient();
		client.setRestClient(
				RestClient.builder().requestFactory(OidcProviders.requestFactory()).messageConverters((converters) -> {
					converters.clear();
					converters.add(new FormHttpMessageConverter());
					converters.add(new OAuth2AccessTokenResponseHttpMessageConverter());
				}).defaultStatusHandler(new OAuth2ErrorResponseErrorHandler()).build());
		return client;
	}

	private JwtDecoder decoder(ClientRegistration registration) {
		NimbusJwtDecoder decoder = NimbusJwtDecoder.withJwkSetUri(registration.getProviderDetails().getJwkSetUri())
			.jwsAlgorithms((algorithms) -> algorithms.addAll(ALGORITHMS))
			.restOperations(new RestTemplate(OidcProviders.requestFactory()))
			.build();
		JwtTimestampValidator timestamps = new JwtTimestampValidator();
		timestamps.setClock(this.clock);
		OidcIdTokenValidator claims = new OidcIdTokenValidator(registration);
		claims.setClock(this.clock);
		decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(timestamps, claims));
		decoder
			.setClaimSetConverter(new ClaimTypeConverter(OidcIdTokenDecoderFactory.createDefaultClaimTypeConverters()));
		return decoder;
	}

}
