package io.waypost.access.fuzz;

import java.util.List;
import java.util.UUID;

import io.waypost.access.Role;
import io.waypost.testing.PublicApi;
import io.waypost.testing.PublicApi.Reply;
import io.waypost.testing.TestTenant;
import io.waypost.testing.WaypostTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** Single requests with which an outsider got an unexpected answer. */
@WaypostTest
class OutsiderRequestsIntegrationTests {

	private final String user = "outsider-" + UUID.randomUUID();

	private PublicApi api;

	@BeforeEach
	void open(@LocalServerPort int port) {
		this.api = PublicApi.on(port);
	}

	@ParameterizedTest
	@ValueSource(strings = { "application/x-www-form-urlencoded", "text/plain", "multipart/form-data",
			"multipart/form-data; boundary=x", "application/x-www-form-urlencoded; charset=UTF-8" })
	void takesEventsUnderAnyContentType(String type) {
		String event = "{\"userId\":\"%s\",\"event\":\"X & y=%%41\"}".formatted(this.user);
		this.api.event("track", event, "Content-Type", type).expect(200);
		this.api
			.event("batch", "{\"batch\":[%s]}".formatted(event.replace("{\"u", "{\"type\":\"track\",\"u")),
					"Content-Type", type)
			.expect(200);
		assertThat(this.api.read("/api/v1/profiles/" + this.user + "/events").path("items")).hasSize(2)
			.allSatisfy((stored) -> assertThat(stored.toString()).contains("X & y=%41"));
	}

	@Test
	void answersForUnknownTasks() {
		PublicApi reviewer = this.api.as(TestTenant.token(Role.REVIEWER));
		String task = "/engine-rest/task/" + UUID.randomUUID();
		reviewer.post(task + "/submit-form",
				"{\"variables\":{\"review\":{\"type\":\"Json\",\"value\":\"{\\\"decision\\\":\\\"approved\\\"}\"}}}")
			.expect(404);
		reviewer.get(task + "/deployed-form").expect(403, 404);
		this.api.get("/engine-rest/task/x/deployed-form").expect(403, 404);
	}

	@Test
	void answersForQueriesOfTwoTenantFilters() {
		this.api.get("/engine-rest/task?withoutTenantId=true&tenantIdIn=tb").expect(400);
		this.api.get("/engine-rest/task/count?withoutTenantId=true&tenantIdIn=tb").expect(400);
	}

	@Test
	void refusesDecisionDefinitionsToRolesWithoutThem() {
		String id = this.api.as(TestTenant.token(Role.MODELER))
			.read("/engine-rest/decision-definition?key=throttling&latestVersion=true&maxResults=1")
			.at("/0/id")
			.asText();
		assertThat(id).isNotEmpty();
		for (String path : List.of("", "/xml", "/diagram")) {
			for (Role role : List.of(Role.OPERATOR, Role.MARKETER, Role.REVIEWER)) {
				Reply reply = this.api.as(TestTenant.token(role)).get("/engine-rest/decision-definition/" + id + path);
				assertThat(reply.status()).as(role + path).isLessThan(500);
			}
		}
	}

	@Test
	void knowsNoErrorPage() {
		this.api.get("/error").expect(404);
		this.api.post("/error", "{}").expect(404);
	}

	@Test
	void endsNoSessionsOfUnknownUsers() {
		this.api.call("DELETE", "/api/v1/users/" + this.user + "/sessions", null).expect(404);
		this.api.get("/api/v1/users/" + this.user + "/sessions").expect(404);
	}

	@ParameterizedTest
	@ValueSource(strings = { "..", ".", "-a", "_a", "@a", "Admin", "ADMIN", "admin", "system", "System", "null",
			"anonymous", "camunda-admin", "Camunda-Admin", "a+b", "a b", "ä", "" })
	void refusesNamesOfUsers(String name) {
		invite(name).expect(400);
	}

	@Test
	void refusesNamesThatDifferByCaseOnly() {
		invite(this.user + "@shop.example").expect(201);
		invite(this.user.toUpperCase(java.util.Locale.ROOT) + "@Shop.example").expect(409);
		invite(this.user + "@shop.example").expect(409);
		this.api.call("DELETE", "/api/v1/users/" + this.user + "@shop.example", null).expect(204);
	}

	private Reply invite(String name) {
		return this.api.post("/api/v1/users", "{\"name\":\"%s\",\"roles\":[\"MARKETER\"]}".formatted(name));
	}

}
