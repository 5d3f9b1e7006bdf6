package io.waypost.ledger;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import io.waypost.access.Caller;
import io.waypost.access.Role;
import io.waypost.access.user.AccountProvisioner;
import io.waypost.kernel.TenantId;
import io.waypost.testing.TestDatabase;
import io.waypost.testing.WaypostTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

import static org.assertj.core.api.Assertions.assertThat;

/** Verifies the ledger of the caller's tenant over HTTP. */
@WaypostTest
class LedgerApiIntegrationTests {

	@Autowired
	private TestRestTemplate http;

	@Autowired
	private AccountProvisioner accounts;

	@Autowired
	private Ledger ledger;

	@Test
	void verifiesTheChainOfTheCallersTenantAndDetectsAChange() {
		TenantId tenant = tenantWithToken("auditor-token");
		TenantId other = tenantWithToken("other-token");
		this.ledger.record(List.of(entry(tenant, "first"), entry(tenant, "second"), entry(other, "third")));
		JsonNode intact = verify("auditor-token").getBody();
		assertThat(intact.path("valid").asBoolean()).isTrue();
		assertThat(intact.path("entries").asInt()).isEqualTo(2);
		assertThat(intact.path("head").asText()).hasSize(64);
		assertThat(verify("other-token").getBody().path("entries").asInt()).isEqualTo(1);
		tamper(tenant);
		JsonNode changed = verify("auditor-token").getBody();
		assertThat(changed.path("valid").asBoolean()).isFalse();
		assertThat(changed.path("firstBroken").asInt()).isEqualTo(2);
		assertThat(verify("other-token").getBody().path("valid").asBoolean()).isTrue();
	}

	@Test
	void refusesUnknownTokens() {
		ResponseEntity<JsonNode> answer = verify("unknown-token");
		assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.UNAUTHORIZED);
		assertThat(answer.getBody().has("valid")).isFalse();
	}

	/**
	 * Changes an entry with the rights of a database superuser, with the trigger
	 * disabled.
	 */
	private void tamper(TenantId tenant) {
		// The statements of one text are one transaction
		TestDatabase.superuserOfSharedContext().sql("""
				SET LOCAL session_replication_role = replica;
				UPDATE ledger.entry SET actor = 'user:mallory' WHERE tenant_id = '%s' AND subject = 'send:second'
				""".formatted(tenant)).update();
	}

	private TenantId tenantWithToken(String token) {
		TenantId tenant = TestDatabase.newTenant();
		this.accounts.createTenant(tenant);
		this.accounts.createApiToken(new Caller(tenant, "auditor", EnumSet.of(Role.COMPLIANCE)),
				"auditor-" + tenant.value(), token);
		return tenant;
	}

	private static LedgerEntry entry(TenantId tenant, String subject) {
		return new LedgerEntry(tenant, Instant.parse("2026-11-06T10:00:00Z"), "send.withheld", "send:" + subject,
				"system", Map.of("reason", "unknown"));
	}

	private ResponseEntity<JsonNode> verify(String token) {
		HttpHeaders headers = new HttpHeaders();
		headers.setBearerAuth(token);
		return this.http.exchange("/api/v1/ledger/verify", HttpMethod.GET, new HttpEntity<>(headers), JsonNode.class);
	}

}
