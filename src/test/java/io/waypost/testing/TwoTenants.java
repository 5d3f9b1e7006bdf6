package io.waypost.testing;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Locale;

import io.waypost.access.Caller;
import io.waypost.access.Role;
import io.waypost.access.User;
import io.waypost.access.user.AccountProvisioner;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * A second tenant beside {@link TestTenant}, with an account and a token of each role,
 * and requests of both.
 */
public final class TwoTenants {

	/** Id of the second tenant. */
	public static final TenantId OTHER = new TenantId("other");

	private final TestRestTemplate http;

	public TwoTenants(TestRestTemplate http, AccountProvisioner accounts) {
		this.http = http;
		accounts.createTenant(OTHER);
		for (Role role : Role.values()) {
			accounts.createUser(new User(OTHER, user(OTHER, role), EnumSet.of(role)), TestTenant.PASSWORD);
			accounts.createApiToken(new Caller(OTHER, token(OTHER, role), EnumSet.of(role)), user(OTHER, role),
					token(OTHER, role));
		}
	}

	/**
	 * Returns the user of a tenant with one role.
	 * @param tenant one of the two
	 * @param role the role
	 * @return the user's name
	 */
	public static String user(TenantId tenant, Role role) {
		return tenant.value() + "-" + role.name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Returns the token of a tenant with one role.
	 * @param tenant one of the two
	 * @param role the role
	 * @return the token
	 */
	public static String token(TenantId tenant, Role role) {
		return tenant.value() + "-token-" + role.name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Sends a request.
	 * @param tenant tenant of the caller
	 * @param role role of the caller
	 * @param method HTTP method
	 * @param path path and query, encoded
	 * @param body JSON, or null
	 * @return the answer
	 */
	public ResponseEntity<String> send(TenantId tenant, Role role, HttpMethod method, String path,
			@Nullable String body) {
		HttpHeaders headers = new HttpHeaders();
		headers.setContentType(MediaType.APPLICATION_JSON);
		headers.setBearerAuth(token(tenant, role));
		return this.http.exchange(UriComponentsBuilder.fromUriString(this.http.getRootUri() + path).build(true).toUri(),
				method, new HttpEntity<>(body, headers), String.class);
	}

	/**
	 * Deploys a model over the engine's REST API.
	 * @param tenant tenant of the caller
	 * @param role role of the caller
	 * @param tenantField value of the field tenant-id, or null to leave it out
	 * @param name name of the file
	 * @param content the model
	 * @return the answer
	 */
	public ResponseEntity<String> deploy(TenantId tenant, Role role, @Nullable String tenantField, String name,
			String content) {
		MultiValueMap<String, Object> parts = new LinkedMultiValueMap<>();
		parts.add("deployment-name", "test");
		if (tenantField != null) {
			parts.add("tenant-id", tenantField);
		}
		parts.add("data", new ByteArrayResource(content.getBytes(StandardCharsets.UTF_8)) {
			@Override
			public String getFilename() {
				return name;
			}
		});
		HttpHeaders headers = new HttpHeaders();
		headers.setContentType(MediaType.MULTIPART_FORM_DATA);
		headers.setBearerAuth(token(tenant, role));
		return this.http.exchange("/engine-rest/deployment/create", HttpMethod.POST, new HttpEntity<>(parts, headers),
				String.class);
	}

}
