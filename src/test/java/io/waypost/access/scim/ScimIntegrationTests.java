package io.waypost.access.scim;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.access.Caller;
import io.waypost.access.InvalidRequestException;
import io.waypost.access.Role;
import io.waypost.access.User;
import io.waypost.access.UserRepository;
import io.waypost.access.key.ApiTokens;
import io.waypost.access.key.TokenScope;
import io.waypost.access.session.UserSessions;
import io.waypost.access.user.AccountProvisioner;
import io.waypost.access.user.ExternalUsers;
import io.waypost.access.user.UserAccounts;
import io.waypost.kernel.TenantId;
import io.waypost.testing.MutableClock;
import io.waypost.testing.TestTenant;
import io.waypost.testing.WaypostTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Calls SCIM as Okta and Entra do. The bodies follow Okta's "SCIM 2.0 protocol reference"
 * and Microsoft's "Develop a SCIM endpoint for user provisioning".
 */
@WaypostTest
class ScimIntegrationTests {

	private static final TenantId OTHER = new TenantId("scim-other");

	private final HttpClient client = HttpClient.newHttpClient();

	private final ObjectMapper mapper = new ObjectMapper();

	private final String login = "anna-" + UUID.randomUUID();

	private final String externalId = "00u" + UUID.randomUUID();

	@LocalServerPort
	private int port;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private ApiTokens tokens;

	@Autowired
	private AccountProvisioner accounts;

	@Autowired
	private ExternalUsers externalUsers;

	@Autowired
	private UserAccounts administration;

	@Autowired
	private UserRepository users;

	@Autowired
	private UserSessions sessions;

	@Autowired
	private MutableClock clock;

	private String token;

	@BeforeEach
	void createToken() {
		this.token = token(TestTenant.ID, TokenScope.SCIM);
	}

	@AfterEach
	void deleteGroups() {
		this.clock.reset();
		this.jdbc.sql("DELETE FROM access.scim_group").update();
	}

	@Test
	void servesOkta() throws Exception {
		assertThat(list("Users", "userName eq \"%s\"".formatted(this.login)).get("totalResults").asInt()).isZero();
		JsonNode created = send("POST", "/Users", oktaUser(), 201);
		String id = created.get("id").asText();
		assertThat(created.get("userName").asText()).isEqualTo(this.login);
		assertThat(created.at("/emails/0/value").asText()).isEqualTo("anna@hearth.example");
		assertThat(created.has("password")).isFalse();
		assertThat(created.at("/meta/location").asText()).endsWith("/scim/v2/Users/" + id);
		assertThat(
				list("Users", "userName eq \"%s\"".formatted(this.login.toUpperCase(Locale.ROOT))).at("/Resources/0/id")
					.asText())
			.isEqualTo(id);
		JsonNode replaced = send("PUT", "/Users/" + id, oktaUser().replace("\"Anna\"", "\"Anne\""), 200);
		assertThat(replaced.at("/name/givenName").asText()).isEqualTo("Anne");
		String group = send("POST", "/Groups",
				"""
						{"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"], "displayName": "CRM Team", "members": []}""",
				201)
			.get("id")
			.asText();
		send("PATCH", "/Groups/" + group, operations("""
				{"op": "add", "path": "members", "value": [{"value": "%s", "display": "%s"}]}""".formatted(id,
				this.login)), 204);
		assertThat(account().roles()).containsExactly(Role.MARKETER);
		assertThat(send("GET", "/Users/" + id, null, 200).at("/groups/0/display").asText()).isEqualTo("CRM Team");
		send("PATCH", "/Groups/" + group, operations("""
				{"op": "replace", "value": {"id": "%s", "displayName": "hearth-admins"}}""".formatted(group)), 204);
		assertThat(account().roles()).containsExactlyInAnyOrder(Role.ADMIN, Role.OPERATOR);
		send("PATCH", "/Groups/" + group, operations("""
				{"op": "remove", "path": "members[value eq \\"%s\\"]"}""".formatted(id)), 204);
		assertThat(account().roles()).isEmpty();
		JsonNode inactive = send("PATCH", "/Users/" + id, operations("""
				{"op": "replace", "value": {"active": false}}"""), 200);
		assertThat(inactive.get("active").asBoolean()).isFalse();
		send("DELETE", "/Groups/" + group, null, 204);
		send("DELETE", "/Users/" + id, null, 204);
		send("GET", "/Users/" + id, null, 404);
		assertThat(ledgerKinds()).containsExactly("user.created", "user.provisioned", "user.changed",
				"user.roles_assigned", "user.roles_assigned", "user.roles_assigned", "user.changed", "user.deactivated",
				"user.deleted");
		assertThat(this.jdbc.sql("SELECT kind FROM ledger.entry WHERE subject = ? ORDER BY entry_id")
			.param("group:" + group)
			.query(String.class)
			.list())
			.containsExactly("group.created", "group.changed", "group.changed", "group.changed", "group.deleted");
	}

	@Test
	void servesEntra() throws Exception {
		String id = send("POST", "/Users", entraUser(), 201).get("id").asText();
		assertThat(list("Users", "externalId eq \"%s\"".formatted(this.externalId)).at("/Resources/0/id").asText())
			.isEqualTo(id);
		JsonNode changed = send("PATCH", "/Users/" + id, operations(
				"""
						{"op": "Replace", "path": "emails[type eq \\"work\\"].value", "value": "new@hearth.example"},
						{"op": "Replace", "path": "name.familyName", "value": "Berg"},
						{"op": "Add", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department", "value": "x"}"""),
				200);
		assertThat(changed.at("/emails/0/value").asText()).isEqualTo("new@hearth.example");
		assertThat(changed.at("/name/familyName").asText()).isEqualTo("Berg");
		String group = send("POST", "/Groups", """
				{"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group",
				  "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group"],
				 "externalId": "corporate-crm", "displayName": "Customers %s", "meta": {"resourceType": "Group"}}"""
			.formatted(this.login), 201).get("id").asText();
		send("PATCH", "/Groups/" + group, operations("""
				{"op": "Add", "path": "members", "value": [{"$ref": null, "value": "%s"}]}""".formatted(id)), 204);
		assertThat(account().roles()).containsExactly(Role.MARKETER);
		assertThat(send("GET", "/Groups/" + group + "?excludedAttributes=members", null, 200).has("members")).isFalse();
		assertThat(send("GET", "/Groups/" + group, null, 200).at("/members/0/value").asText()).isEqualTo(id);
		assertThat(
				list("Groups", "id eq \"%s\" and members eq \"%s\"".formatted(group, id)).get("totalResults").asInt())
			.isOne();
		send("PATCH", "/Groups/" + group, operations("""
				{"op": "Remove", "path": "members", "value": [{"$ref": null, "value": "%s"}]}""".formatted(id)), 204);
		assertThat(account().roles()).isEmpty();
		assertThat(send("PATCH", "/Users/" + id, operations("""
				{"op": "Replace", "path": "active", "value": "False"}"""), 200).get("active").asBoolean()).isFalse();
	}

	@Test
	void endsSessionsAndRefusesTheSignInOfInactiveUsers() throws Exception {
		String id = send("POST", "/Users", entraUser(), 201).get("id").asText();
		User signedIn = signIn("sub-1", this.externalId, true, EnumSet.of(Role.ADMIN)).orElseThrow();
		assertThat(signedIn.name()).isEqualTo(this.login);
		String key = this.sessions.begin(new Caller(signedIn.tenant(), signedIn.name(), signedIn.roles()));
		assertThat(this.sessions.isActive(key)).isTrue();
		send("PATCH", "/Users/" + id, operations("{\"op\": \"Replace\", \"path\": \"active\", \"value\": false}"), 200);
		assertThat(this.sessions.list(TestTenant.ID, this.login)).isEmpty();
		this.clock.advance(Duration.ofSeconds(6));
		assertThat(this.sessions.isActive(key)).isFalse();
		assertThat(account().roles()).isEmpty();
		assertThat(signIn("sub-1", this.externalId, true, EnumSet.of(Role.ADMIN))).isEmpty();
		assertThat(this.administration.find(TestTenant.ID, this.login)).get().matches((account) -> !account.active());
		send("PATCH", "/Users/" + id, operations("{\"op\": \"Replace\", \"path\": \"active\", \"value\": true}"), 200);
		assertThat(signIn("sub-1", this.externalId, true, EnumSet.of(Role.ADMIN))).isPresent();
	}

	@Test
	void connectsOnlyTheUserOfTheDirectory() throws Exception {
		send("POST", "/Users", entraUser(), 201);
		assertThat(signIn("sub-2", "another-id", false, EnumSet.of(Role.MARKETER))).isEmpty();
		assertThat(signIn("sub-2", "", true, EnumSet.of(Role.MARKETER)).orElseThrow().name()).isNotEqualTo(this.login);
		assertThat(signIn("sub-3", this.login.toUpperCase(Locale.ROOT), false, EnumSet.of(Role.MARKETER)).orElseThrow()
			.name()).isEqualTo(this.login);
		// A second subject of the same issuer does not get the account
		assertThat(signIn("sub-4", this.externalId, false, EnumSet.of(Role.MARKETER))).isEmpty();
		assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> this.administration
			.inviteAgain(new Caller(TestTenant.ID, "test-admin", EnumSet.of(Role.ADMIN)), this.login));
	}

	@Test
	void takesOverTheAccountOfAnEarlierSignIn() throws Exception {
		String account = signIn(this.externalId, "", true, EnumSet.of(Role.MARKETER)).orElseThrow().name();
		String id = send("POST", "/Users", entraUser(), 201).get("id").asText();
		assertThat(this.jdbc.sql("SELECT user_name FROM access.scim_user WHERE user_id::text = ?")
			.param(id)
			.query(String.class)
			.single()).isEqualTo(account);
		send("DELETE", "/Users/" + id, null, 204);
		assertThat(this.users.find(account)).isEmpty();
	}

	@Test
	void deletesTheTokensOfADeletedUser() throws Exception {
		String id = send("POST", "/Users", entraUser(), 201).get("id").asText();
		String account = this.jdbc.sql("SELECT user_name FROM access.scim_user WHERE external_id = ?")
			.param(this.externalId)
			.query(String.class)
			.single();
		this.accounts.createApiToken(new Caller(TestTenant.ID, "of-" + account, EnumSet.of(Role.MARKETER)), account,
				"of-" + account);
		send("DELETE", "/Users/" + id, null, 204);
		assertThat(this.jdbc.sql("SELECT count(*) FROM access.api_token WHERE owner = ?")
			.param(account)
			.query(Integer.class)
			.single()).isZero();
		assertThat(this.jdbc.sql("SELECT kind FROM ledger.entry WHERE subject = ?")
			.param("token:of-" + account)
			.query(String.class)
			.list()).containsExactly("token.deleted");
	}

	@Test
	void letsGroupsOfTheDirectoryDecide() throws Exception {
		String id = send("POST", "/Users", entraUser(), 201).get("id").asText();
		assertThat(signIn("sub-5", this.externalId, true, EnumSet.of(Role.ADMIN)).orElseThrow().roles())
			.containsExactly(Role.ADMIN);
		send("POST", "/Groups", "{\"displayName\": \"CRM Team\", \"members\": [{\"value\": \"%s\"}]}".formatted(id),
				201);
		assertThat(account().roles()).containsExactly(Role.MARKETER);
		assertThat(signIn("sub-5", this.externalId, true, EnumSet.of(Role.ADMIN)).orElseThrow().roles())
			.containsExactly(Role.MARKETER);
	}

	@Test
	void pagesThroughUsers() throws Exception {
		for (int index = 0; index < 3; index++) {
			send("POST", "/Users", "{\"userName\": \"%s-%d\"}".formatted(this.login, index), 201);
		}
		JsonNode all = send("GET", "/Users?count=0", null, 200);
		int total = all.get("totalResults").asInt();
		assertThat(all.get("Resources")).isEmpty();
		JsonNode last = send("GET", "/Users?startIndex=" + (total - 1) + "&count=5", null, 200);
		assertThat(last.get("itemsPerPage").asInt()).isEqualTo(2);
		assertThat(last.at("/Resources/1/userName").asText()).isEqualTo(this.login + "-2");
		assertThat(last.get("startIndex").asInt()).isEqualTo(total - 1);
		assertThat(send("GET", "/Users?startIndex=-3&count=-1", null, 200).get("startIndex").asInt()).isOne();
	}

	@Test
	void writesErrorsInTheFormatOfScim() throws Exception {
		send("POST", "/Users", oktaUser(), 201);
		JsonNode conflict = send("POST", "/Users", oktaUser(), 409);
		assertThat(conflict.at("/schemas/0").asText()).isEqualTo(ScimJson.ERROR);
		assertThat(conflict.get("scimType").asText()).isEqualTo("uniqueness");
		assertThat(conflict.get("status").asText()).isEqualTo("409");
		assertThat(type("POST", "/Users", "{\"active\": true}")).isEqualTo("invalidValue");
		assertThat(type("POST", "/Users", "{\"userName\": 3}")).isEqualTo("invalidValue");
		assertThat(type("POST", "/Users", "{\"userName\": \"a\", \"emails\": [3]}")).isEqualTo("invalidValue");
		assertThat(type("POST", "/Users", "[]")).isEqualTo("invalidSyntax");
		assertThat(type("POST", "/Users", "{")).isEqualTo("invalidSyntax");
		assertThat(type("POST", "/Users", "{\"userName\": \"a\\u0000b\"}")).isEqualTo("invalidValue");
		assertThat(type("GET", "/Users?filter=userName%20sw%20%22a%22", null)).isEqualTo("invalidFilter");
		assertThat(type("GET", "/Users?count=many", null)).isEqualTo("invalidValue");
		assertThat(type("POST", "/Groups",
				"{\"displayName\": \"g\", \"members\": [{\"value\": \"%s\"}]}".formatted(UUID.randomUUID())))
			.isEqualTo("invalidValue");
		assertThat(send("GET", "/Users/unknown", null, 404).get("detail").asText()).contains("'unknown'");
		assertThat(send("GET", "/Groups/" + UUID.randomUUID(), null, 404).get("status").asText()).isEqualTo("404");
	}

	@Test
	void describesItself() throws Exception {
		assertThat(send("GET", "/ServiceProviderConfig", null, 200).at("/patch/supported").asBoolean()).isTrue();
		assertThat(send("GET", "/ResourceTypes", null, 200).get("totalResults").asInt()).isEqualTo(2);
		assertThat(send("GET", "/ResourceTypes/User", null, 200).get("schema").asText()).isEqualTo(ScimJson.USER);
		assertThat(send("GET", "/Schemas", null, 200).at("/Resources/1/id").asText()).isEqualTo(ScimJson.GROUP);
		assertThat(send("GET", "/Schemas/" + ScimJson.USER, null, 200).at("/attributes/0/name").asText())
			.isEqualTo("userName");
		send("GET", "/Schemas/unknown", null, 404);
	}

	@Test
	void requiresTokenWithTheScopeOfTheTenant() throws Exception {
		String id = send("POST", "/Users", oktaUser(), 201).get("id").asText();
		this.accounts.createTenant(OTHER);
		assertThat(status(token(OTHER, TokenScope.SCIM), "/scim/v2/Users/" + id)).isEqualTo(404);
		String admin = token(TestTenant.ID, TokenScope.READ, TokenScope.WRITE);
		assertThat(status(admin, "/scim/v2/Users")).isEqualTo(403);
		assertThat(status(admin, "/%73cim/v2/Users")).isEqualTo(403);
		assertThat(status(this.token, "/api/v1/users")).isEqualTo(403);
		assertThat(status(this.token, "/engine-rest/task")).isEqualTo(403);
		assertThat(status("unknown", "/scim/v2/Users")).isEqualTo(401);
		HttpRequest basic = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + "/scim/v2/Users"))
			.header("Authorization",
					"Basic " + Base64.getEncoder()
						.encodeToString((TestTenant.user(Role.ADMIN) + ":" + TestTenant.PASSWORD)
							.getBytes(StandardCharsets.UTF_8)))
			.build();
		HttpResponse<String> refused = this.client.send(basic, HttpResponse.BodyHandlers.ofString());
		assertThat(refused.statusCode()).isEqualTo(401);
		assertThat(this.mapper.readTree(refused.body()).at("/schemas/0").asText()).isEqualTo(ScimJson.ERROR);
	}

	private Optional<User> signIn(String subject, String directoryId, boolean justInTime, Set<Role> roles) {
		return this.externalUsers.signIn(new ExternalUsers.Identity(TestTenant.ID, "hearth",
				"https://sso/" + this.login, subject, directoryId, justInTime), "signed-in", roles);
	}

	private String token(TenantId tenant, TokenScope... scopes) {
		return this.tokens.create(new Caller(tenant, "directory-" + UUID.randomUUID(), EnumSet.of(Role.ADMIN)),
				Set.of(scopes), null, "system:command-line");
	}

	private User account() {
		return this.users.find(this.login).orElseThrow();
	}

	private List<String> ledgerKinds() {
		return this.jdbc.sql("SELECT kind FROM ledger.entry WHERE subject = ? ORDER BY entry_id")
			.param("user:" + this.login)
			.query(String.class)
			.list();
	}

	private String oktaUser() {
		return """
				{"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "%s",
				 "name": {"givenName": "Anna", "familyName": "User"},
				 "emails": [{"primary": true, "value": "anna@hearth.example", "type": "work"}],
				 "displayName": "Anna User", "locale": "en-US", "externalId": "%s", "groups": [],
				 "password": "1mz050nq", "active": true}""".formatted(this.login, this.externalId);
	}

	private String entraUser() {
		return """
				{"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User",
				  "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],
				 "externalId": "%s", "userName": "%s", "active": true,
				 "emails": [{"primary": true, "type": "work", "value": "anna@hearth.example"}],
				 "meta": {"resourceType": "User"},
				 "name": {"formatted": "Anna User", "familyName": "User", "givenName": "Anna"}, "roles": []}"""
			.formatted(this.externalId, this.login);
	}

	private static String operations(String operations) {
		return "{\"schemas\": [\"%s\"], \"Operations\": [%s]}".formatted(ScimJson.PATCH, operations);
	}

	private JsonNode list(String resource, String filter) throws Exception {
		return send("GET", "/%s?filter=%s&startIndex=1&count=100".formatted(resource,
				URLEncoder.encode(filter, StandardCharsets.UTF_8)), null, 200);
	}

	private String type(String method, String path, @Nullable String body) throws Exception {
		return send(method, path, body, 400).path("scimType").asText();
	}

	private JsonNode send(String method, String path, @Nullable String body, int expected) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + "/scim/v2" + path))
			.header("Authorization", "Bearer " + this.token)
			.header("Accept", ScimJson.MEDIA_TYPE)
			.header("Content-Type", ScimJson.MEDIA_TYPE)
			.method(method,
					(body != null) ? HttpRequest.BodyPublishers.ofString(body) : HttpRequest.BodyPublishers.noBody())
			.build();
		HttpResponse<String> response = this.client.send(request, HttpResponse.BodyHandlers.ofString());
		assertThat(response.statusCode()).as(method + " " + path + ": " + response.body()).isEqualTo(expected);
		if (expected != 204) {
			assertThat(response.headers().firstValue("Content-Type")).get().asString().startsWith(ScimJson.MEDIA_TYPE);
		}
		return this.mapper.readTree(response.body().isEmpty() ? "{}" : response.body());
	}

	private int status(String secret, String path) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + path))
			.header("Authorization", "Bearer " + secret)
			.build();
		return this.client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
	}

}
