package io.waypost.journey.engine.deploy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import io.waypost.access.CredentialHandovers;
import io.waypost.access.Role;
import io.waypost.database.TenantScope;
import io.waypost.ledger.Ledger;
import io.waypost.testing.TestTenant;
import io.waypost.testing.WaypostTest;
import org.camunda.bpm.engine.ProcessEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

import static org.assertj.core.api.Assertions.assertThat;

/** No user changes a table that gates sends alone. */
@WaypostTest
class TableApprovalIntegrationTests {

	@Autowired
	private TestRestTemplate http;

	@Autowired
	private ProcessEngine engine;

	@Autowired
	private Ledger ledger;

	@Autowired
	private CredentialHandovers handovers;

	@Autowired
	private JdbcClient jdbc;

	private final String shipped = read();

	@AfterEach
	void deployTheShippedTable() {
		this.engine.getRepositoryService()
			.createDeployment()
			.tenantId(TestTenant.ID.value())
			.addString("throttling.dmn", this.shipped)
			.deploy();
	}

	@Test
	void activatesAChangeAfterTheApprovalOfAnotherUser() {
		long before = version();
		String changed = this.shipped.replace("<decisionTable ", "<!-- change --><decisionTable ");
		ResponseEntity<String> refused = deploy(Role.ADMIN, changed);
		assertThat(refused.getStatusCode().value()).isEqualTo(400);
		assertThat(refused.getBody()).contains("gates sends", "another user");
		assertThat(version()).isEqualTo(before);
		String digest = TableApprovals.digest(changed.getBytes(StandardCharsets.UTF_8));
		assertThat(String.valueOf(call(Role.MODELER, HttpMethod.GET, "").getBody())).contains(digest);
		assertThat(call(Role.ADMIN, HttpMethod.POST, "/" + digest).getStatusCode().value()).as("own").isEqualTo(409);
		assertThat(call(Role.MARKETER, HttpMethod.POST, "/" + digest).getStatusCode().value()).as("no right")
			.isEqualTo(403);
		assertThat(approveByToken(digest)).as("a token is no second person").isEqualTo(409);
		assertThat(version()).isEqualTo(before);
		assertThat(call(Role.COMPLIANCE, HttpMethod.POST, "/" + digest).getStatusCode().value()).isEqualTo(204);
		assertThat(version()).isEqualTo(before + 1);
		assertThat(this.ledger.findBySubject(TestTenant.ID, "table:throttling")).extracting((entry) -> entry.kind())
			.contains("table.proposed", "table.approved", "table.deployed");
	}

	@Test
	void refusesAUserWhosePasswordTheProposerReset() {
		String changed = this.shipped.replace("<decisionTable ", "<!-- taken over --><decisionTable ");
		deploy(Role.ADMIN, changed);
		String digest = TableApprovals.digest(changed.getBytes(StandardCharsets.UTF_8));
		TenantScope.run(TestTenant.ID, () -> this.handovers.record(TestTenant.ID, TestTenant.user(Role.COMPLIANCE),
				"user:" + TestTenant.user(Role.ADMIN)));
		try {
			ResponseEntity<JsonNode> refused = call(Role.COMPLIANCE, HttpMethod.POST, "/" + digest);
			assertThat(refused.getStatusCode().value()).isEqualTo(409);
			assertThat(String.valueOf(refused.getBody())).contains("handed out");
		}
		finally {
			TenantScope.run(TestTenant.ID,
					() -> this.jdbc.sql("DELETE FROM access.credential_handover WHERE tenant_id = ?")
						.param(TestTenant.ID.value())
						.update());
		}
		assertThat(call(Role.COMPLIANCE, HttpMethod.POST, "/" + digest).getStatusCode().value()).isEqualTo(204);
	}

	@Test
	void needsAnotherApprovalForATableThatWasReplaced() {
		String first = this.shipped.replace("<decisionTable ", "<!-- first --><decisionTable ");
		String second = this.shipped.replace("<decisionTable ", "<!-- second --><decisionTable ");
		for (String table : List.of(first, second)) {
			assertThat(deploy(Role.MODELER, table).getStatusCode().value()).isEqualTo(400);
			assertThat(call(Role.ADMIN, HttpMethod.POST,
					"/" + TableApprovals.digest(table.getBytes(StandardCharsets.UTF_8)))
				.getStatusCode()
				.value()).isEqualTo(204);
		}
		assertThat(deploy(Role.MODELER, second).getStatusCode().value()).as("is active").isEqualTo(200);
		assertThat(deploy(Role.MODELER, first).getStatusCode().value()).as("was replaced").isEqualTo(400);
		assertThat(String.valueOf(call(Role.MODELER, HttpMethod.GET, "").getBody()))
			.contains(TableApprovals.digest(first.getBytes(StandardCharsets.UTF_8)));
	}

	@Test
	void refusesAChangeByAToken() {
		String changed = this.shipped.replace("<decisionTable ", "<!-- by a token --><decisionTable ");
		HttpHeaders headers = new HttpHeaders();
		headers.setBearerAuth(TestTenant.token(Role.MODELER));
		ResponseEntity<String> refused = deploy(headers, changed);
		assertThat(refused.getStatusCode().value()).isEqualTo(400);
		assertThat(refused.getBody()).contains("is an API token", "A user must deploy it");
		String digest = TableApprovals.digest(changed.getBytes(StandardCharsets.UTF_8));
		assertThat(call(Role.COMPLIANCE, HttpMethod.POST, "/" + digest).getStatusCode().value()).isEqualTo(404);
	}

	@Test
	void refusesATableThatBreaksAnInvariantBeforeAnyApproval() throws IOException {
		String open = Files.readString(Path.of("dmn", "consent.dmn"))
			.replace("<outputEntry id=\"rule_NoConsent_out_permission\"><text>\"WITHHELD\"",
					"<outputEntry id=\"rule_NoConsent_out_permission\"><text>\"GRANTED\"");
		ResponseEntity<String> refused = deploy(Role.ADMIN, open);
		assertThat(refused.getStatusCode().value()).isEqualTo(400);
		assertThat(refused.getBody()).contains("rule_NoConsent", "never granted");
	}

	private long version() {
		return this.engine.getRepositoryService()
			.createDecisionDefinitionQuery()
			.decisionDefinitionKey("throttling")
			.tenantIdIn(TestTenant.ID.value())
			.count();
	}

	private ResponseEntity<JsonNode> call(Role role, HttpMethod method, String path) {
		HttpHeaders headers = new HttpHeaders();
		headers.setBasicAuth(TestTenant.user(role), TestTenant.PASSWORD);
		return this.http.exchange("/api/v1/decision-tables/approvals" + path, method, new HttpEntity<>(headers),
				JsonNode.class);
	}

	private int approveByToken(String digest) {
		HttpHeaders headers = new HttpHeaders();
		headers.setBearerAuth(TestTenant.token(Role.COMPLIANCE));
		return this.http
			.exchange("/api/v1/decision-tables/approvals/" + digest, HttpMethod.POST, new HttpEntity<>(headers),
					JsonNode.class)
			.getStatusCode()
			.value();
	}

	private ResponseEntity<String> deploy(Role role, String table) {
		HttpHeaders headers = new HttpHeaders();
		headers.setBasicAuth(TestTenant.user(role), TestTenant.PASSWORD);
		return deploy(headers, table);
	}

	private ResponseEntity<String> deploy(HttpHeaders headers, String table) {
		headers.setContentType(MediaType.MULTIPART_FORM_DATA);
		MultiValueMap<String, Object> form = new LinkedMultiValueMap<>();
		form.add("deployment-name", "test");
		form.add("data", new ByteArrayResource(table.getBytes(StandardCharsets.UTF_8)) {

			@Override
			public String getFilename() {
				return "throttling.dmn";
			}

		});
		return this.http.postForEntity("/engine-rest/deployment/create", new HttpEntity<>(form, headers), String.class);
	}

	private static String read() {
		try {
			return Files.readString(Path.of("dmn", "throttling.dmn"));
		}
		catch (IOException ex) {
			throw new java.io.UncheckedIOException(ex);
		}
	}

}
