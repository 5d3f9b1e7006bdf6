package io.waypost.access.oidc;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.waypost.access.saml.SamlProviders;
import io.waypost.access.user.GroupMapping;
import io.waypost.kernel.InvalidSettingException;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/**
 * The configured identity providers. Their endpoints are read by discovery at the first
 * sign-in and every hour, so a provider that is down does not stop the start.
 */
@Component
@EnableConfigurationProperties(SignInSettings.class)
public class OidcProviders {

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private static final Duration DISCOVERY_LIFETIME = Duration.ofHours(1);

	private static final ParameterizedTypeReference<Map<String, Object>> METADATA = new ParameterizedTypeReference<>() {
	};

	private final Map<String, OidcSettings> providers = new LinkedHashMap<>();

	private final Set<String> oidcOnlyTenants;

	private final SamlProviders saml;

	private final RestClient http = RestClient.builder().requestFactory(requestFactory()).build();

	private final Cache<String, ClientRegistration> registrations = Caffeine.newBuilder()
		.expireAfterWrite(DISCOVERY_LIFETIME)
		.maximumSize(1_000)
		.build();

	OidcProviders(SignInSettings settings, SamlProviders saml) {
		this.saml = saml;
		Set<List<String>> issuers = new HashSet<>();
		for (OidcSettings provider : settings.oidc()) {
			if (this.providers.put(provider.id(), provider) != null || saml.names().contains(provider.id())) {
				throw new InvalidSettingException(
						"Two entries of waypost.sign-in have the name '%s'.".formatted(provider.id()),
						"Give each identity provider a name of its own.");
			}
			if (!issuers.add(List.of(provider.issuerUrl(), provider.tenantId().value()))) {
				throw new InvalidSettingException(
						"Two entries of waypost.sign-in.oidc have the issuer '%s' and the tenant '%s'."
							.formatted(provider.issuerUrl(), provider.tenantId()),
						"List all groups in one entry: waypost.sign-in.oidc[n].groups.");
			}
		}
		this.oidcOnlyTenants = Set.copyOf(settings.oidcOnlyTenants());
		this.oidcOnlyTenants.forEach(this::requireProvider);
	}

	private void requireProvider(String tenant) {
		if (mappings(new TenantId(tenant)).isEmpty()) {
			throw new InvalidSettingException(
					"waypost.sign-in.oidc-only-tenants names '%s', which has no identity provider.".formatted(tenant),
					"Add an entry waypost.sign-in.oidc[n] or saml[n] with this tenant, or remove it from oidc-only-tenants.");
		}
	}

	/**
	 * A button of the sign-in page.
	 *
	 * @param label its text
	 * @param path where it leads
	 */
	public record Button(String label, String path) {

	}

	/** Lists the buttons of the sign-in page in the order of the configuration. */
	public List<Button> buttons() {
		List<Button> buttons = new ArrayList<>();
		this.providers.values()
			.forEach((provider) -> buttons
				.add(new Button(provider.buttonLabel(), OidcSignIn.START + "/" + provider.id())));
		this.saml.buttons().forEach((path, label) -> buttons.add(new Button(label, path)));
		return buttons;
	}

	/** Lists the mappings of groups of a tenant's providers, also those with SAML. */
	public List<GroupMapping> mappings(TenantId tenant) {
		List<GroupMapping> mappings = new ArrayList<>(this.saml.mappings(tenant));
		this.providers.values()
			.stream()
			.filter((provider) -> provider.tenantId().equals(tenant))
			.forEach((provider) -> mappings.add(new GroupMapping(provider.groups())));
		return mappings;
	}

	/** Returns whether the users of a tenant may sign in with a password. */
	public boolean isPasswordAllowed(TenantId tenant) {
		return !this.oidcOnlyTenants.contains(tenant.value());
	}

	boolean isEmpty() {
		return this.providers.isEmpty();
	}

	Optional<OidcSettings> find(String name) {
		return Optional.ofNullable(this.providers.get(name));
	}

	/** Lists the origins of the issuers, to which a sign-out leads. */
	List<String> issuers() {
		return this.providers.values().stream().map(OidcSettings::issuerUrl).distinct().toList();
	}

	/**
	 * Reads the endpoints of a provider.
	 * @param name its name
	 * @return the registration; null for an unknown name, as Spring Security expects it
	 * @throws IllegalStateException if the answer names another issuer
	 */
	@Nullable ClientRegistration registration(String name) {
		OidcSettings provider = this.providers.get(name);
		if (provider == null) {
			return null;
		}
		return this.registrations.get(name, (key) -> discover(provider));
	}

	private ClientRegistration discover(OidcSettings provider) {
		String url = provider.issuerUrl().replaceFirst("/$", "") + "/.well-known/openid-configuration";
		Map<String, Object> metadata = Objects.requireNonNull(this.http.get()
			.uri(url)
			.retrieve()
			.onStatus(HttpStatusCode::is3xxRedirection, (request, response) -> refuseRedirect(url))
			.body(METADATA), url);
		if (!provider.issuerUrl().equals(metadata.get("issuer"))) {
			throw new IllegalStateException("%s names the issuer '%s', but waypost.sign-in.oidc names '%s'"
				.formatted(url, metadata.get("issuer"), provider.issuerUrl()));
		}
		ClientRegistration.Builder registration = ClientRegistrations.fromOidcConfiguration(metadata)
			.registrationId(provider.id())
			.clientId(provider.client())
			.clientSecret(provider.clientSecret())
			.scope(provider.allScopes())
			.redirectUri("{baseUrl}" + OidcSignIn.CALLBACK + "/{registrationId}");
		if (provider.clientSecret() == null) {
			registration.clientAuthenticationMethod(ClientAuthenticationMethod.NONE);
		}
		return registration.build();
	}

	private static void refuseRedirect(String url) {
		throw new IllegalStateException(
				"%s redirects; set waypost.sign-in.oidc[n].issuer to the issuer's own URL".formatted(url));
	}

	/** Does not follow redirects: a provider answers at the URL that it names. */
	static ClientHttpRequestFactory requestFactory() {
		SimpleClientHttpRequestFactory factory = new SimpleClientHttpRequestFactory() {

			@Override
			protected void prepareConnection(HttpURLConnection connection, String method) throws IOException {
				super.prepareConnection(connection, method);
				connection.setInstanceFollowRedirects(false);
			}

		};
		factory.setConnectTimeout(TIMEOUT);
		factory.setReadTimeout(TIMEOUT);
		return factory;
	}

}
