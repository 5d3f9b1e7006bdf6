package io.waypost.access;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;

import io.waypost.access.user.AccountProvisioner;
import io.waypost.access.user.UserAccounts;
import io.waypost.database.TenantScope;
import io.waypost.kernel.TenantId;
import io.waypost.ledger.Ledger;
import io.waypost.testing.MutableClock;
import io.waypost.testing.PublicApi;
import io.waypost.testing.PublicApi.Reply;
import io.waypost.testing.WaypostTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Anna administers the tenant and resets the passwords of others. For a day their
 * accounts are no second person towards her, and towards each other.
 */
@WaypostTest
class CredentialHandoverIntegrationTests {

	private static final String OFFER = """
			{"key":"o","appliesTo":{"category":"Seeds"},"percent":20,"code":"S20","from":"2026-11-30",
			"until":"2126-12-06","names":{"en":"seeds"},"terms":{"en":"Not for gift cards."}}""";

	private static final String PASSWORD = "correct horse battery";

	private final String mark = UUID.randomUUID().toString().substring(0, 8);

	private final TenantId tenant = new TenantId("handover-" + this.mark);

	private final String anna = "anna-" + this.mark;

	private final String ben = "ben-" + this.mark;

	private final String carl = "carl-" + this.mark;

	@LocalServerPort
	private int port;

	@Autowired
	private AccountProvisioner accounts;

	@Autowired
	private UserAccounts administration;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private Ledger ledger;

	@Autowired
	private MutableClock clock;

	private PublicApi api;

	@BeforeEach
	void openTenant() {
		this.api = PublicApi.on(this.port);
		this.accounts.createTenant(this.tenant);
		for (String name : Set.of(this.anna, this.ben, this.carl)) {
			this.accounts.createUser(new User(this.tenant, name, EnumSet.of(Role.MARKETER, Role.ADMIN)), PASSWORD);
		}
		call(this.anna, "/api/v1/catalog/items", """
				[{"id":"basil","name":"Basil","category":"Seeds","price":3.5,"currency":"EUR",
				"url":"https://shop.example/basil","popularity":3}]""").expect(201);
	}

	@AfterEach
	void resetClock() {
		this.clock.reset();
	}

	@Test
	void refusesTheAccountWhosePasswordTheAuthorReset() {
		call(this.anna, "/api/v1/offers", OFFER).expect(201);
		call(this.anna, "/api/v1/users/" + this.ben + "/invitations", "").expect(201);
		approve(this.ben).expect(409).says("handed out").says("second-person-delay");
		String token = call(this.ben, "/api/v1/tokens", "{\"name\":\"t\",\"roles\":[\"MARKETER\"]}").expect(201)
			.json()
			.path("token")
			.asText();
		this.api.post("/api/v1/offers/o/versions/1/approve", "", "Authorization", "Bearer " + token).expect(409);
		approve(this.carl).expect(200);
	}

	@Test
	void acceptsTheAccountAfterADay() {
		call(this.anna, "/api/v1/offers", OFFER).expect(201);
		call(this.anna, "/api/v1/users/" + this.ben + "/invitations", "").expect(201);
		this.clock.advance(Duration.ofHours(23));
		approve(this.ben).expect(409);
		this.clock.advance(Duration.ofHours(2));
		approve(this.ben).expect(200);
	}

	@Test
	void countsFromTheUseOfTheInvitation() {
		call(this.anna, "/api/v1/offers", OFFER).expect(201);
		UserAccounts.Invitation invitation = TenantScope.of(this.tenant, () -> this.administration
			.inviteAgain(new Caller(this.tenant, this.anna, EnumSet.of(Role.ADMIN)), this.ben));
		this.clock.advance(Duration.ofHours(48));
		TenantScope.run(this.tenant, () -> this.administration.acceptInvitation(invitation.secret(), PASSWORD));
		approve(this.ben).expect(409);
		assertThat(this.ledger.findBySubject(this.tenant, "user:" + this.ben))
			.filteredOn((entry) -> "user.password_changed".equals(entry.kind()))
			.allSatisfy((entry) -> assertThat(entry.facts()).containsEntry("invitedBy", "user:" + this.anna))
			.hasSize(1);
	}

	@Test
	void refusesAnAuthorWhosePasswordTheApproverReset() {
		call(this.anna, "/api/v1/users/" + this.ben + "/invitations", "").expect(201);
		call(this.ben, "/api/v1/offers", OFFER).expect(201);
		approve(this.anna).expect(409);
		delete(this.anna, "/api/v1/users/" + this.ben).expect(204);
		approve(this.anna).expect(409);
		approve(this.carl).expect(200);
	}

	@Test
	void refusesTwoAccountsOfOneInviterAndChainsOfThem() {
		call(this.anna, "/api/v1/users/" + this.ben + "/invitations", "").expect(201);
		call(this.ben, "/api/v1/users/" + this.carl + "/invitations", "").expect(201);
		call(this.ben, "/api/v1/offers", OFFER).expect(201);
		approve(this.carl).expect(409);
		call(this.anna, "/api/v1/offers", OFFER.replace("\"o\"", "\"p\"")).expect(201);
		call(this.carl, "/api/v1/offers/p/versions/1/approve", "").expect(409);
	}

	@Test
	void refusesANewAccountTowardsItsInviter() {
		String dora = "dora-" + this.mark;
		call(this.anna, "/api/v1/offers", OFFER).expect(201);
		String link = call(this.anna, "/api/v1/users", "{\"name\":\"%s\",\"roles\":[\"MARKETER\"]}".formatted(dora))
			.expect(201)
			.json()
			.path("invitation")
			.asText();
		TenantScope.run(this.tenant,
				() -> this.administration.acceptInvitation(link.substring(link.lastIndexOf('/') + 1), PASSWORD));
		approve(dora).expect(409);
	}

	@Test
	void countsTheRemovalOfTwoStepSignIn() {
		call(this.anna, "/api/v1/offers", OFFER).expect(201);
		TenantScope.run(this.tenant, () -> this.jdbc
			.sql("INSERT INTO access.totp (tenant_id, user_name, secret, confirmed_at) VALUES (?, ?, '', now())")
			.params(this.tenant.value(), this.ben)
			.update());
		delete(this.anna, "/api/v1/users/" + this.ben + "/two-step").expect(204);
		approve(this.ben).expect(409);
	}

	private Reply approve(String user) {
		return call(user, "/api/v1/offers/o/versions/1/approve", "");
	}

	private Reply call(String user, String path, String body) {
		return this.api.post(path, body, "Authorization", PublicApi.basic(user, PASSWORD));
	}

	private Reply delete(String user, String path) {
		return this.api.call("DELETE", path, null, "Authorization", PublicApi.basic(user, PASSWORD));
	}

}
