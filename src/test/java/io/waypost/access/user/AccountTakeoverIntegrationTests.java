package io.waypost.access.user;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import io.waypost.access.Role;
import io.waypost.access.User;
import io.waypost.kernel.TenantId;
import io.waypost.testing.Browser;
import io.waypost.testing.PublicApi;
import io.waypost.testing.PublicApi.Reply;
import io.waypost.testing.TestTenant;
import io.waypost.testing.WaypostTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An administrator of a tenant changes no account with more rights: Root administers the
 * installation, and belongs to the tenant that Boss administers.
 */
@WaypostTest
class AccountTakeoverIntegrationTests {

	private static final Set<Role> ALL = EnumSet.of(Role.ADMIN, Role.PLATFORM_ADMIN);

	private final String mark = UUID.randomUUID().toString().substring(0, 8);

	private final TenantId tenant = new TenantId("takeover-" + this.mark);

	private final String root = "root-" + this.mark;

	private final String boss = "boss-" + this.mark;

	@LocalServerPort
	private int port;

	@Autowired
	private AccountProvisioner accounts;

	private PublicApi api;

	@BeforeEach
	void openTenant() {
		this.api = PublicApi.on(this.port);
		this.accounts.createTenant(this.tenant);
		this.accounts.createUser(new User(this.tenant, this.root, ALL), TestTenant.PASSWORD);
		this.accounts.createUser(new User(this.tenant, this.boss, EnumSet.of(Role.ADMIN)), TestTenant.PASSWORD);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			POST   | /invitations |
			PUT    | /roles       | {"roles":["MARKETER"]}
			DELETE |              |
			DELETE | /two-step    |
			DELETE | /sessions    |
			""")
	void refusesToChangeAnAccountWithMoreRights(String method, String path, String body) {
		String account = "/api/v1/users/" + this.root + ((path != null) ? path : "");
		Reply refused = this.api.call(method, account, body, "Authorization",
				PublicApi.basic(this.boss, TestTenant.PASSWORD));
		refused.expect(403).says(this.root).says("PLATFORM_ADMIN");
		this.api.call("GET", "/api/v1/tenants", null, "Authorization", PublicApi.basic(this.root, TestTenant.PASSWORD))
			.expect(200);
	}

	@Test
	void refusesThePagesToo() {
		Browser browser = Browser.signIn(this.api.base(), this.boss);
		for (String form : List.of("/invitation", "/delete", "/sessions/end", "/roles")) {
			browser.get("/settings/users/" + this.root);
			browser.post("/settings/users/" + this.root + form, "roles", "MARKETER");
			assertThat(browser.get("/settings/users").body()).as(form).contains("PLATFORM_ADMIN", "may not change");
		}
		this.api.call("GET", "/api/v1/tenants", null, "Authorization", PublicApi.basic(this.root, TestTenant.PASSWORD))
			.expect(200);
	}

	@Test
	void limitsGuessesOfTheOwnPassword() {
		String path = "/api/v1/users/me/password";
		String wrong = "{\"currentPassword\":\"guess\",\"password\":\"amber ladder seven coast\"}";
		String right = wrong.replace("guess", TestTenant.PASSWORD);
		String session = PublicApi.basic(this.boss, TestTenant.PASSWORD);
		for (int guess = 0; guess < 10; guess++) {
			this.api.call("PUT", path, wrong, "Authorization", session).expect(400);
		}
		this.api.call("PUT", path, right, "Authorization", session).expect(429);
		this.api.call("PUT", path, right, "Authorization", PublicApi.basic(this.root, TestTenant.PASSWORD)).expect(204);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/v1/sends", "/engine-rest/engine", "/actuator/prometheus", "/v3/api-docs" })
	void refusesANameWithANullCharacter(String path) {
		this.api.call("GET", path, null, "Authorization", PublicApi.basic("x\0", "y")).expect(401);
	}

	@Test
	void letsAdministratorsOfTheInstallationChangeEachOther() {
		String other = "other-" + this.mark;
		this.accounts.createUser(new User(this.tenant, other, ALL), TestTenant.PASSWORD);
		this.api
			.call("POST", "/api/v1/users/" + this.root + "/invitations", null, "Authorization",
					PublicApi.basic(other, TestTenant.PASSWORD))
			.expect(201);
		this.api
			.call("DELETE", "/api/v1/users/" + this.root, null, "Authorization",
					PublicApi.basic(other, TestTenant.PASSWORD))
			.expect(204);
	}

	@Test
	void letsAdministratorsChangeAccountsOfTheirTenant() {
		String reviewer = "reviewer-" + this.mark;
		this.accounts.createUser(new User(this.tenant, reviewer, EnumSet.of(Role.REVIEWER, Role.MODELER)),
				TestTenant.PASSWORD);
		this.api
			.call("POST", "/api/v1/users/" + reviewer + "/invitations", null, "Authorization",
					PublicApi.basic(this.boss, TestTenant.PASSWORD))
			.expect(201);
		this.api
			.call("PUT", "/api/v1/users/" + reviewer + "/roles", "{\"roles\":[\"OPERATOR\"]}", "Authorization",
					PublicApi.basic(this.boss, TestTenant.PASSWORD))
			.expect(204);
	}

}
