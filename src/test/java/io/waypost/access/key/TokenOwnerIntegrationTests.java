package io.waypost.access.key;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;

import io.waypost.access.Caller;
import io.waypost.access.InvalidRequestException;
import io.waypost.access.Role;
import io.waypost.access.User;
import io.waypost.access.UserRepository;
import io.waypost.access.user.AccountProvisioner;
import io.waypost.access.user.ExternalUsers;
import io.waypost.database.TenantScope;
import io.waypost.kernel.TenantId;
import io.waypost.ledger.Ledger;
import io.waypost.testing.Browser;
import io.waypost.testing.MutableClock;
import io.waypost.testing.PublicApi;
import io.waypost.testing.PublicApi.Reply;
import io.waypost.testing.TestTenant;
import io.waypost.testing.WaypostTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A token has no more rights than its owner, and ends with the owner's account. Anna owns
 * the token; Boss is another administrator.
 */
@WaypostTest
class TokenOwnerIntegrationTests {

	/** Longer than a node caches a token. */
	private static final Duration CACHE = Duration.ofSeconds(6);

	private final String mark = UUID.randomUUID().toString().substring(0, 8);

	private final TenantId tenant = new TenantId("owner-" + this.mark);

	private final String anna = "anna-" + this.mark;

	private final String boss = "boss-" + this.mark;

	@LocalServerPort
	private int port;

	@Autowired
	private AccountProvisioner accounts;

	@Autowired
	private UserRepository users;

	@Autowired
	private ExternalUsers directory;

	@Autowired
	private ApiTokens tokens;

	@Autowired
	private Ledger ledger;

	@Autowired
	private MutableClock clock;

	private PublicApi api;

	@BeforeEach
	void openTenant() {
		this.api = PublicApi.on(this.port);
		this.accounts.createTenant(this.tenant);
		for (String name : Set.of(this.anna, this.boss)) {
			this.accounts.createUser(new User(this.tenant, name, EnumSet.of(Role.ADMIN)), TestTenant.PASSWORD);
		}
	}

	@AfterEach
	void resetClock() {
		this.clock.reset();
	}

	@Test
	void endsTokensWithTheAccountOfTheirOwner() {
		String token = create(basic(this.anna), "annas", "ADMIN");
		String made = create(token, "made", "MARKETER");
		get(token, "/api/v1/users").expect(200);
		call(basic(this.boss), "DELETE", "/api/v1/users/" + this.anna, null).expect(204);
		this.clock.advance(CACHE);
		get(token, "/api/v1/users").expect(401);
		get(made, "/api/v1/templates").expect(401);
		assertThat(this.ledger.findBySubject(this.tenant, "token:annas"))
			.anySatisfy((entry) -> assertThat(entry.facts()).containsEntry("owner", this.anna));
		this.accounts.createUser(new User(this.tenant, this.anna, EnumSet.of(Role.ADMIN)), TestTenant.PASSWORD);
		this.clock.advance(CACHE);
		get(token, "/api/v1/users").expect(401);
	}

	@Test
	void limitsTokensToTheRolesOfTheirOwner() {
		String admin = create(basic(this.anna), "admin", "ADMIN");
		String marketer = create(basic(this.anna), "marketer", "MARKETER");
		call(basic(this.boss), "PUT", roles(this.anna), "{\"roles\":[\"MARKETER\"]}").expect(204);
		this.clock.advance(CACHE);
		get(admin, "/api/v1/users").expect(403);
		call(admin, "PUT", roles(this.anna), "{\"roles\":[\"ADMIN\"]}").expect(403);
		get(marketer, "/api/v1/templates").expect(200);
		Reply list = get(basic(this.boss), "/api/v1/tokens").expect(200);
		assertThat(list.json().path("items").path(0).path("roles")).hasSize(1);
		assertThat(list.json().path("items").path(0).path("effectiveRoles")).isEmpty();
		assertThat(list.json().path("items").path(1).path("effectiveRoles")).hasSize(1);
		assertThat(Browser.signIn(this.api.base(), this.boss).get("/settings/tokens").body()).contains(this.anna,
				"the owner lost the role");
	}

	@Test
	void takesTheRolesOfAnAccountThatItsDirectoryDeactivates() {
		String token = create(basic(this.anna), "annas", "ADMIN");
		TenantScope.run(this.tenant,
				() -> this.directory.assignRoles(this.users.find(this.anna).orElseThrow(), Set.of(), "provider:test"));
		this.clock.advance(CACHE);
		get(token, "/api/v1/users").expect(403);
		get(token, "/api/v1/templates").expect(403);
	}

	@Test
	void leavesTokensOfTheCommandLine() {
		String secret = TenantScope.of(this.tenant,
				() -> this.tokens.create(new Caller(this.tenant, "cli", EnumSet.of(Role.ADMIN)),
						EnumSet.of(TokenScope.READ), null, "system:command-line"));
		call(basic(this.boss), "DELETE", "/api/v1/users/" + this.anna, null).expect(204);
		this.clock.advance(CACHE);
		get("Bearer " + secret, "/api/v1/users").expect(200);
	}

	@Test
	void refusesATokenOfADeletedUser() {
		assertThatExceptionOfType(InvalidRequestException.class)
			.isThrownBy(
					() -> TenantScope.run(this.tenant,
							() -> this.tokens.create(new Caller(this.tenant, "late", EnumSet.of(Role.ADMIN)),
									EnumSet.of(TokenScope.READ), null, "user:gone")))
			.withMessageContaining("was deleted");
	}

	@Test
	void namesTheDeletedTokensOnThePage() {
		create(basic(this.anna), "annas-reports", "MARKETER");
		Browser browser = Browser.signIn(this.api.base(), this.boss);
		browser.get("/settings/users/" + this.anna);
		browser.post("/settings/users/" + this.anna + "/delete");
		assertThat(browser.get("/settings/users").body()).contains("annas-reports");
	}

	@Test
	void refusesToDeleteATokenWithMoreRights() {
		this.accounts.createApiToken(new Caller(this.tenant, "platform", EnumSet.of(Role.PLATFORM_ADMIN)),
				"root-" + this.mark, "platform-" + this.mark);
		call(basic(this.boss), "DELETE", "/api/v1/tokens/platform", null).expect(403).says("PLATFORM_ADMIN");
		get("Bearer platform-" + this.mark, "/api/v1/tenants").expect(200);
	}

	private String create(String authorization, String name, String role) {
		return "Bearer " + call(authorization, "POST", "/api/v1/tokens",
				"{\"name\":\"%s\",\"roles\":[\"%s\"]}".formatted(name, role))
			.expect(201)
			.json()
			.path("token")
			.asText();
	}

	private Reply get(String authorization, String path) {
		return call(authorization, "GET", path, null);
	}

	private Reply call(String authorization, String method, String path, String body) {
		return this.api.call(method, path, body, "Authorization", authorization);
	}

	private static String roles(String user) {
		return "/api/v1/users/" + user + "/roles";
	}

	private static String basic(String user) {
		return PublicApi.basic(user, TestTenant.PASSWORD);
	}

}
