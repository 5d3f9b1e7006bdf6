package io.waypost.access.oidc;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.sun.net.httpserver.HttpServer;
import io.waypost.access.Role;
import io.waypost.access.saml.SamlProviders;
import io.waypost.kernel.InvalidSettingException;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.Mockito;

import org.springframework.security.oauth2.core.ClientAuthenticationMethod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class OidcProvidersTests {

	private static final Map<Role, List<String>> GROUPS = Map.of(Role.MARKETER, List.of("crm", "brand"), Role.ADMIN,
			List.of("it"));

	@ParameterizedTest
	@ValueSource(strings = { "http://sso.example", "https://sso.example?a=b", "ftp://sso.example",
			"http://localhost.evil.example", "http://127.0.0.1@evil.example", "" })
	void refusesUnsafeIssuers(String issuer) {
		assertThatIllegalArgumentException().isThrownBy(() -> provider("okta", issuer, "shop", GROUPS))
			.withMessageContaining("issuer '%s'", issuer)
			.withMessageContaining("https");
	}

	@Test
	void refusesMissingValuesAndPlatformAdministrators() {
		assertThatIllegalArgumentException().isThrownBy(() -> provider("O k", "https://sso.example", "shop", GROUPS))
			.withMessageContaining("name 'O k'");
		assertThatIllegalArgumentException().isThrownBy(() -> provider("okta", "https://sso.example", null, GROUPS))
			.withMessageContaining("tenant");
		assertThatIllegalArgumentException().isThrownBy(() -> provider("okta", "https://sso.example", "shop", Map.of()))
			.withMessageContaining("groups");
		Map<Role, List<String>> platform = Map.of(Role.PLATFORM_ADMIN, List.of("it"));
		assertThatIllegalArgumentException().isThrownBy(() -> provider("okta", "https://sso.example", "shop", platform))
			.withMessageContaining("PLATFORM_ADMIN");
	}

	@Test
	void refusesContradictions() {
		OidcSettings okta = provider("okta", "https://sso.example", "shop", GROUPS);
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> providers(List.of(okta, provider("okta", "https://b.example", "b", GROUPS)), List.of()))
			.withMessageContaining("'okta'");
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> providers(List.of(okta, provider("b", "https://sso.example", "shop", GROUPS)), List.of()))
			.withMessageContaining("https://sso.example");
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> providers(List.of(okta), List.of("other")))
			.withMessageContaining("'other'");
	}

	@Test
	void mapsGroupsToRoles() {
		OidcSettings okta = provider("okta", "https://sso.example", "shop", GROUPS);
		assertThat(okta.roles(List.of("brand", "it", "sales"))).containsExactly(Role.MARKETER, Role.ADMIN);
		assertThat(okta.roles(List.of("IT", "crm "))).isEmpty();
	}

	@Test
	void allowsPasswordsExceptInListedTenants() {
		OidcProviders providers = providers(List.of(provider("okta", "https://sso.example", "shop", GROUPS)),
				List.of("shop"));
		assertThat(providers.isPasswordAllowed(new TenantId("shop"))).isFalse();
		assertThat(providers.isPasswordAllowed(new TenantId("other"))).isTrue();
	}

	@Test
	void refusesMetadataOfAnotherIssuer() throws Exception {
		assertThatIllegalStateException().isThrownBy(() -> discover("https://evil.example", 200, null))
			.withMessageContaining("https://evil.example");
	}

	@Test
	void followsNoRedirect() {
		assertThatIllegalStateException().isThrownBy(() -> discover("", 302, null)).withMessageContaining("redirects");
	}

	@Test
	void authenticatesPublicClientWithPkceOnly() throws Exception {
		assertThat(discover("", 200, null)).isEqualTo(ClientAuthenticationMethod.NONE);
		assertThat(discover("", 200, "secret")).isEqualTo(ClientAuthenticationMethod.CLIENT_SECRET_BASIC);
	}

	private static ClientAuthenticationMethod discover(String issuer, int status, @Nullable String secret)
			throws Exception {
		HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		String own = "http://127.0.0.1:" + server.getAddress().getPort() + "/realm";
		server.createContext("/realm/.well-known/openid-configuration", (exchange) -> {
			byte[] body = """
					{"issuer": "%1$s", "authorization_endpoint": "%2$s/a", "token_endpoint": "%2$s/t",
					 "jwks_uri": "%2$s/k", "subject_types_supported": ["public"], "response_types_supported": ["code"],
					 "id_token_signing_alg_values_supported": ["RS256"]}
					""".formatted(issuer.isEmpty() ? own : issuer, own).getBytes(StandardCharsets.UTF_8);
			exchange.getResponseHeaders().add("Content-Type", "application/json");
			exchange.getResponseHeaders().add("Location", own + "/elsewhere");
			exchange.sendResponseHeaders(status, body.length);
			exchange.getResponseBody().write(body);
			exchange.close();
		});
		server.start();
		try {
			OidcSettings settings = new OidcSettings("local", null, own, "client", secret, "shop", "groups", "name",
					"sub", true, Set.of(), GROUPS);
			return providers(List.of(settings), List.of()).registration("local").getClientAuthenticationMethod();
		}
		finally {
			server.stop(0);
		}
	}

	private static OidcProviders providers(List<OidcSettings> oidc, List<String> oidcOnlyTenants) {
		return new OidcProviders(new SignInSettings(oidc, oidcOnlyTenants), Mockito.mock(SamlProviders.class));
	}

	private static OidcSettings provider(String name, String issuer, @Nullable String tenant,
			Map<Role, List<String>> groups) {
		return new OidcSettings(name, null, issuer, "client", "secret", tenant, "groups", "preferred_username", "sub",
				true, Set.of("profile"), groups);
	}

}
