package io.waypost.access.limit;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.EnumSet;
import java.util.UUID;

import io.waypost.access.Caller;
import io.waypost.access.Role;
import io.waypost.access.Source;
import io.waypost.access.user.AccountProvisioner;
import io.waypost.kernel.TenantId;
import io.waypost.testing.PublicApi;
import io.waypost.testing.TestTenant;
import io.waypost.testing.WaypostTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** Rates of callers and tenants on both APIs. */
@WaypostTest
class ApiRateLimitIntegrationTests {

	private final String name = "limit-" + UUID.randomUUID().toString().substring(0, 8);

	private final TenantId tenant = new TenantId(this.name);

	private final HttpClient http = HttpClient.newHttpClient();

	@LocalServerPort
	private int port;

	@Autowired
	private AccountProvisioner accounts;

	private PublicApi platform;

	@BeforeEach
	void createTenant() {
		this.accounts.createTenant(this.tenant);
		this.accounts.createSource(new Source(this.tenant, "shop"), "key-" + this.name);
		this.accounts.createApiToken(Caller.ofToken(this.tenant, "one", EnumSet.of(Role.ADMIN)), "one-" + this.name,
				"one-" + this.name);
		this.accounts.createApiToken(Caller.ofToken(this.tenant, "two", EnumSet.of(Role.ADMIN)), "two-" + this.name,
				"two-" + this.name);
		this.platform = PublicApi.on(this.port).as(TestTenant.token(Role.PLATFORM_ADMIN));
	}

	@Test
	void describesTheRatesInHeaders() throws Exception {
		HttpResponse<String> response = get("one-");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(header(response, "RateLimit-Policy")).isEqualTo("\"key\";q=1000;w=2, \"tenant\";q=2000;w=2");
		assertThat(header(response, "RateLimit")).isEqualTo("\"key\";r=999;t=1, \"tenant\";r=1999;t=1");
	}

	@Test
	void limitsTheKeysOfATenantTogether() throws Exception {
		limit("{\"apiRequestsPerSecond\":1,\"eventRequestsPerSecond\":1}");
		assertThat(get("one-").statusCode()).isEqualTo(200);
		assertThat(get("two-").statusCode()).isEqualTo(200);
		HttpResponse<String> refused = get("one-");
		assertThat(refused.statusCode()).isEqualTo(429);
		assertThat(refused.headers().firstValueAsLong("Retry-After").orElse(0)).isBetween(1L, 2L);
		assertThat(header(refused, "Content-Type")).startsWith("application/problem+json");
		assertThat(header(refused, "RateLimit")).contains("\"tenant\";r=0;t=2");
		assertThat(refused.body()).contains("keys of this tenant");
		assertThat(event()).isEqualTo(200);
		assertThat(event()).isEqualTo(200);
		assertThat(event()).isEqualTo(429);
	}

	@Test
	void countsRequestsThatARoleDoesNotAllow() throws Exception {
		limit("{\"apiRequestsPerSecond\":1}");
		this.accounts.createApiToken(Caller.ofToken(this.tenant, "none", EnumSet.of(Role.MODELER)), "none-" + this.name,
				"none-" + this.name);
		assertThat(get("none-").statusCode()).isEqualTo(403);
		assertThat(get("none-").statusCode()).isEqualTo(403);
		assertThat(get("none-").statusCode()).isEqualTo(429);
	}

	@Test
	void refusesEventsOverTheQuotaOfTheDay() {
		limit("{\"eventsPerDay\":2}");
		assertThat(event()).isEqualTo(200);
		assertThat(event()).isEqualTo(200);
		assertThat(event()).isEqualTo(429);
		limit("{}");
	}

	@Test
	void checksTheLimitsOfTenants() {
		String path = "/api/v1/tenants/%s/limits".formatted(this.name);
		assertThat(this.platform.put(path, "{\"apiRequestsPerSecond\":0,\"sendsPerDay\":-1}").expect(400).pointers())
			.containsExactly("/apiRequestsPerSecond", "/sendsPerDay");
		this.platform.put("/api/v1/tenants/unknown-tenant/limits", "{}").expect(404);
		limit("{\"sendsPerDay\":7}");
		assertThat(this.platform.read(path).path("sendsPerDay").asInt()).isEqualTo(7);
	}

	private void limit(String limits) {
		this.platform.put("/api/v1/tenants/%s/limits".formatted(this.name), limits).expect(200);
	}

	private int event() {
		return this.platform
			.event("track", "{\"userId\":\"u\",\"event\":\"e\"}", "Authorization", PublicApi.basic("key-" + this.name))
			.status();
	}

	private HttpResponse<String> get(String token) throws Exception {
		return this.http.send(HttpRequest.newBuilder(URI.create(this.platform.base() + "/api/v1/sources"))
			.header("Authorization", "Bearer " + token + this.name)
			.build(), HttpResponse.BodyHandlers.ofString());
	}

	private static String header(HttpResponse<String> response, String name) {
		return response.headers().firstValue(name).orElse("");
	}

}
