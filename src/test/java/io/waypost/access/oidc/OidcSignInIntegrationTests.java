package io.waypost.access.oidc;

import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import com.nimbusds.jose.jwk.RSAKey;
import io.waypost.access.Caller;
import io.waypost.access.InvalidRequestException;
import io.waypost.access.Role;
import io.waypost.access.User;
import io.waypost.access.UserRepository;
import io.waypost.access.session.UserSessions;
import io.waypost.access.user.AccountProvisioner;
import io.waypost.access.user.UserAccounts;
import io.waypost.kernel.TenantId;
import io.waypost.testing.MutableClock;
import io.waypost.testing.SessionClient;
import io.waypost.testing.TestIdentityProvider;
import io.waypost.testing.TestTenant;
import io.waypost.testing.WaypostTest;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.OAuth2Config;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import no.nav.security.mock.oauth2.token.KeyProvider;
import no.nav.security.mock.oauth2.token.OAuth2TokenProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import static io.waypost.testing.SessionClient.location;
import static io.waypost.testing.SessionClient.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Signs in with a real OpenID Connect server, and attacks the sign-in. */
@WaypostTest
class OidcSignInIntegrationTests {

	private static final TenantId RIVAL = new TenantId(TestIdentityProvider.RIVAL_TENANT);

	private static final ForgedAnswers forgery = new ForgedAnswers();

	private static final KeyProvider keys = new KeyProvider();

	private static final MockOAuth2Server server = new MockOAuth2Server(
			new OAuth2Config(false, null, null, false, new OAuth2TokenProvider(keys)), forgery);

	private final HttpClient client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

	private final String subject = UUID.randomUUID().toString();

	@LocalServerPort
	private int port;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private AccountProvisioner accounts;

	@Autowired
	private UserAccounts administration;

	@Autowired
	private UserRepository users;

	@Autowired
	private UserSessions sessions;

	@Autowired
	private MutableClock clock;

	@BeforeAll
	static void startServer() throws Exception {
		server.start(InetAddress.getByName("127.0.0.1"), TestIdentityProvider.PORT);
	}

	@AfterAll
	static void stopServer() {
		server.shutdown();
	}

	@BeforeEach
	void createRivalTenant() {
		this.accounts.createTenant(RIVAL);
	}

	@AfterEach
	void resetClock() {
		this.clock.reset();
	}

	@Test
	void signsInToConsoleTasklistAndCockpit() throws Exception {
		Browser browser = new Browser();
		assertThat(browser.signIn(TestIdentityProvider.HEARTH, claims("hearth-admins"))).isEqualTo(url("/"));
		assertThat(browser.get("/").statusCode()).isEqualTo(200);
		assertThat(browser.get("/camunda/app/tasklist/default/").statusCode()).isEqualTo(200);
		assertThat(browser.get("/camunda/app/cockpit/default/").statusCode()).isEqualTo(200);
		HttpResponse<String> tasks = browser.get("/camunda/api/engine/engine/default/task?maxResults=5");
		assertThat(tasks.statusCode()).as(tasks.body()).isEqualTo(200);
		assertThat(browser.get("/api/v1/users").statusCode()).isEqualTo(200);
	}

	@Test
	void createsUserWithRolesOfTheGroupsAndRecordsIt() throws Exception {
		new Browser().signIn(TestIdentityProvider.HEARTH, claims("CRM Team", "hearth-on-call", "unknown"));
		User user = account();
		assertThat(user).isEqualTo(new User(TestTenant.ID, name(), EnumSet.of(Role.MARKETER, Role.OPERATOR)));
		assertThat(this.users.authenticate(user.name(), "")).isEmpty();
		assertThat(ledgerKinds(user.name())).containsExactly("user.created");
		assertThat(this.administration.find(TestTenant.ID, user.name())).get()
			.matches(UserAccounts.UserAccount::active);
	}

	@Test
	void listsAndRevokesTheSession() throws Exception {
		Browser browser = new Browser();
		browser.signIn(TestIdentityProvider.HEARTH, claims("CRM Team"));
		String session = this.sessions.list(TestTenant.ID, name()).getFirst().id();
		this.sessions.revoke(new Caller(TestTenant.ID, "test-admin", EnumSet.of(Role.ADMIN)), name(),
				Optional.of(session));
		this.clock.advance(Duration.ofSeconds(6));
		assertThat(location(browser.get("/"))).isEqualTo(url("/login"));
	}

	@Test
	void endsTheSessionAfterTwelveHours() throws Exception {
		Browser browser = new Browser();
		browser.signIn(TestIdentityProvider.HEARTH, claims("CRM Team"));
		this.clock.advance(Duration.ofHours(12).plusSeconds(6));
		assertThat(location(browser.get("/"))).isEqualTo(url("/login"));
	}

	@Test
	void showsButtonsOnTheSignInPage() throws Exception {
		assertThat(new Browser().get("/login").body()).contains("href=\"/oauth2/authorization/hearth\"",
				"Sign in with Hearth account", "Sign in with rival");
	}

	@Test
	void sendsPkceStateAndNonce() throws Exception {
		Browser browser = new Browser();
		Map<String, String> request = browser.start(TestIdentityProvider.HEARTH);
		assertThat(request).containsEntry("response_type", "code")
			.containsEntry("code_challenge_method", "S256")
			.containsEntry("scope", "email openid profile")
			.containsKeys("state", "nonce");
		browser.finish(TestIdentityProvider.HEARTH, request, token(ForgedTokens.CORRECT, request));
		String verifier = query("?" + forgery.lastRequest()).get("code_verifier");
		byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
		assertThat(request).containsEntry("code_challenge",
				Base64.getUrlEncoder().withoutPadding().encodeToString(hash));
	}

	@ParameterizedTest
	@EnumSource(ForgedTokens.class)
	void acceptsTheCorrectTokenOnly(ForgedTokens forged) throws Exception {
		Browser browser = new Browser();
		Map<String, String> request = browser.start(TestIdentityProvider.HEARTH);
		HttpResponse<String> answer = browser.finish(TestIdentityProvider.HEARTH, request, token(forged, request));
		if (forged == ForgedTokens.CORRECT) {
			assertThat(location(answer)).isEqualTo(url("/"));
			assertThat(browser.get("/").statusCode()).isEqualTo(200);
			return;
		}
		assertThat(location(answer)).isEqualTo(url("/login?providererror"));
		assertThat(location(browser.get("/"))).isEqualTo(url("/login"));
		assertThat(identities()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "changed", "", "missing" })
	void refusesAnotherState(String state) throws Exception {
		Browser browser = new Browser();
		Map<String, String> request = new HashMap<>(browser.start(TestIdentityProvider.HEARTH));
		request.put("state", state);
		assertThat(location(browser.callback(TestIdentityProvider.HEARTH, request, "")))
			.isEqualTo(url("/login?providererror"));
	}

	@Test
	void refusesTheAnswerInAnotherBrowser() throws Exception {
		Map<String, String> request = new Browser().start(TestIdentityProvider.HEARTH);
		assertThat(location(new Browser().callback(TestIdentityProvider.HEARTH, request, "")))
			.isEqualTo(url("/login?providererror"));
	}

	@Test
	void acceptsAnAnswerOnce() throws Exception {
		Browser browser = new Browser();
		Map<String, String> request = browser.start(TestIdentityProvider.HEARTH);
		browser.finish(TestIdentityProvider.HEARTH, request, token(ForgedTokens.CORRECT, request));
		assertThat(location(browser.callback(TestIdentityProvider.HEARTH, request, "")))
			.isEqualTo(url("/login?providererror"));
	}

	@Test
	void refusesTheAnswerOfAnotherProvider() throws Exception {
		Browser browser = new Browser();
		Map<String, String> request = browser.start(TestIdentityProvider.HEARTH);
		assertThat(location(browser.callback(TestIdentityProvider.RIVAL, request, "")))
			.isEqualTo(url("/login?providererror"));
		request = browser.start(TestIdentityProvider.HEARTH);
		String issuer = "&iss="
				+ URLEncoder.encode(TestIdentityProvider.issuer(TestIdentityProvider.RIVAL), StandardCharsets.UTF_8);
		assertThat(location(browser.callback(TestIdentityProvider.HEARTH, request, issuer)))
			.isEqualTo(url("/login?providererror"));
		assertThat(location(browser.get("/oauth2/authorization/unknown"))).isEqualTo(url("/login?providererror"));
	}

	@Test
	void refusesProviderOfUnknownTenant() throws Exception {
		assertThat(new Browser().signIn(TestIdentityProvider.LOST, claims("crm")))
			.isEqualTo(url("/login?providererror"));
		assertThat(identities()).isZero();
	}

	@Test
	void opensThePageThatWasRequestedAndNoOtherHost() throws Exception {
		Browser browser = new Browser();
		browser.get("/campaigns?status=DRAFT");
		HttpResponse<String> started = browser
			.get("/oauth2/authorization/hearth?redirect_uri=https://evil.example/&continue=https://evil.example/");
		Map<String, String> request = query(location(started));
		assertThat(request).containsEntry("redirect_uri", url("/login/oauth2/code/hearth"));
		forgery.answer(token(ForgedTokens.CORRECT, request));
		HttpResponse<String> answer = browser.callback(TestIdentityProvider.HEARTH, request,
				"&redirect_uri=https://evil.example/&continue=https://evil.example/&spring-security-redirect=//evil.example");
		assertThat(location(answer)).isEqualTo(url("/campaigns?status=DRAFT"));
	}

	@Test
	void changesTheSessionIdAtTheSignIn() throws Exception {
		Browser browser = new Browser();
		Map<String, String> request = browser.start(TestIdentityProvider.HEARTH);
		String planted = browser.cookie();
		browser.finish(TestIdentityProvider.HEARTH, request, token(ForgedTokens.CORRECT, request));
		assertThat(browser.cookie()).isNotEqualTo(planted);
		browser.useCookie(planted);
		assertThat(location(browser.get("/"))).isEqualTo(url("/login"));
	}

	@Test
	void readsRolesAtEachSignIn() throws Exception {
		Browser first = new Browser();
		first.signIn(TestIdentityProvider.HEARTH, claims("hearth-admins"));
		new Browser().signIn(TestIdentityProvider.HEARTH, claims("CRM Team"));
		assertThat(account().roles()).containsExactly(Role.MARKETER);
		this.clock.advance(Duration.ofSeconds(6));
		assertThat(location(first.get("/"))).isEqualTo(url("/login"));
		assertThat(ledgerKinds(name())).containsExactly("user.created", "user.roles_assigned");
	}

	@Test
	void refusesUserWhoLeftTheGroup() throws Exception {
		Browser first = new Browser();
		first.signIn(TestIdentityProvider.HEARTH, claims("hearth-admins"));
		Browser second = new Browser();
		assertThat(second.signIn(TestIdentityProvider.HEARTH, claims("everyone"))).isEqualTo(url("/login?nogroup"));
		assertThat(second.get("/login?nogroup").body()).contains("is in no group that may use Waypost");
		assertThat(location(second.get("/"))).isEqualTo(url("/login"));
		this.clock.advance(Duration.ofSeconds(6));
		assertThat(location(first.get("/"))).isEqualTo(url("/login"));
		assertThat(account().roles()).isEmpty();
		assertThat(ledgerKinds(name())).containsExactly("user.created", "user.roles_assigned", "user.sign_in_refused");
	}

	@Test
	void refusesGroupsOfAnotherTenantsProvider() throws Exception {
		assertThat(new Browser().signIn(TestIdentityProvider.RIVAL, claims("hearth-admins", "CRM Team")))
			.isEqualTo(url("/login?nogroup"));
		new Browser().signIn(TestIdentityProvider.HEARTH, claims("CRM Team"));
		new Browser().signIn(TestIdentityProvider.RIVAL, claims("rival-crm", "hearth-admins"));
		assertThat(this.jdbc.sql("""
				SELECT tenant_id FROM access.external_identity WHERE subject = ? ORDER BY tenant_id
				""").param(this.subject).query(String.class).list()).containsExactly(RIVAL.value(), "test");
		assertThat(this.users.find(name()).orElseThrow().tenant()).isEqualTo(TestTenant.ID);
	}

	@Test
	void neverTakesOverAnAccountOfTheSameName() throws Exception {
		Map<String, Object> claims = claims("CRM Team");
		claims.put("preferred_username", TestTenant.user(Role.ADMIN));
		claims.put("email", TestTenant.user(Role.ADMIN));
		claims.put("email_verified", true);
		new Browser().signIn(TestIdentityProvider.HEARTH, claims);
		assertThat(account().name()).matches("test-admin-[0-9a-f]{8}");
		assertThat(this.users.authenticate("test-admin", TestTenant.PASSWORD).orElseThrow().roles())
			.containsExactly(Role.ADMIN);
	}

	@Test
	void leavesRolesAndPasswordToTheProvider() throws Exception {
		new Browser().signIn(TestIdentityProvider.HEARTH, claims("CRM Team"));
		Caller admin = new Caller(TestTenant.ID, "test-admin", EnumSet.of(Role.ADMIN));
		assertThatExceptionOfType(InvalidRequestException.class)
			.isThrownBy(() -> this.administration.assignRoles(admin, name(), EnumSet.of(Role.ADMIN)))
			.withMessageContaining("identity provider 'hearth'");
		assertThatExceptionOfType(InvalidRequestException.class)
			.isThrownBy(() -> this.administration.inviteAgain(admin, name()))
			.withMessageContaining("identity provider 'hearth'");
	}

	@Test
	void endsTheSessionAtTheProviderAtTheSignOut() throws Exception {
		Browser browser = new Browser();
		browser.signIn(TestIdentityProvider.HEARTH, claims("hearth-admins"));
		HttpResponse<String> page = browser.get("/");
		assertThat(page.headers().firstValue("Content-Security-Policy")).get()
			.asString()
			.contains("form-action 'self' http://127.0.0.1:" + TestIdentityProvider.PORT);
		String target = location(browser.post("/logout", "_csrf=" + csrf(page)));
		assertThat(target).startsWith(TestIdentityProvider.issuer(TestIdentityProvider.HEARTH) + "/endsession?");
		assertThat(query(target)).containsEntry("post_logout_redirect_uri", url("/login?signedout"))
			.hasEntrySatisfying("id_token_hint", (token) -> assertThat(token).startsWith("ey"));
		assertThat(location(browser.get("/"))).isEqualTo(url("/login"));
		assertThat(this.sessions.list(TestTenant.ID, name())).isEmpty();
	}

	@Test
	void refusesPasswordsOfTenantWithoutThemExceptOfPlatformAdministrators() throws Exception {
		this.accounts.createUser(new User(RIVAL, "rival-local", EnumSet.of(Role.ADMIN)), TestTenant.PASSWORD);
		this.accounts.createUser(new User(RIVAL, "rival-platform", EnumSet.of(Role.PLATFORM_ADMIN)),
				TestTenant.PASSWORD);
		assertThat(passwordSignIn("rival-local", TestTenant.PASSWORD)).isEqualTo(url("/login?nopassword"));
		assertThat(passwordSignIn("rival-local", "wrong")).isEqualTo(url("/login?error"));
		assertThat(passwordSignIn("rival-platform", TestTenant.PASSWORD)).isEqualTo(url("/"));
		HttpRequest basic = HttpRequest.newBuilder(URI.create(url("/api/v1/users")))
			.header("Authorization",
					"Basic " + Base64.getEncoder()
						.encodeToString(("rival-local:" + TestTenant.PASSWORD).getBytes(StandardCharsets.UTF_8)))
			.build();
		assertThat(this.client.send(basic, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(401);
	}

	private String passwordSignIn(String name, String password) throws Exception {
		Browser browser = new Browser();
		String token = csrf(browser.get("/login"));
		return location(browser.post("/login", "username=%s&password=%s&_csrf=%s".formatted(name, password, token)));
	}

	private String name() {
		return "anna-" + this.subject;
	}

	private Map<String, Object> claims(String... groups) {
		return new HashMap<>(Map.of("preferred_username", name(), "groups", List.of(groups)));
	}

	private User account() {
		return this.jdbc.sql("SELECT user_name FROM access.external_identity WHERE subject = ?")
			.param(this.subject)
			.query(String.class)
			.optional()
			.flatMap(this.users::find)
			.orElseThrow();
	}

	private long identities() {
		return this.jdbc.sql("SELECT count(*) FROM access.external_identity WHERE subject IN (?, 'another-user')")
			.param(this.subject)
			.query(Long.class)
			.single();
	}

	private List<String> ledgerKinds(String name) {
		return this.jdbc.sql("SELECT kind FROM ledger.entry WHERE subject = ? ORDER BY entry_id")
			.param("user:" + name)
			.query(String.class)
			.list();
	}

	private String token(ForgedTokens forged, Map<String, String> request) throws Exception {
		Map<String, RSAKey> signingKeys = new HashMap<>();
		for (String provider : List.of(TestIdentityProvider.HEARTH, TestIdentityProvider.RIVAL)) {
			signingKeys.put(provider, keys.signingKey(provider).toRSAKey());
		}
		return forged.make(this.subject, request.get("nonce"), claims("hearth-admins"), signingKeys);
	}

	private String url(String path) {
		return "http://127.0.0.1:" + this.port + path;
	}

	private static String csrf(HttpResponse<String> page) {
		return page.body().replaceAll("(?s).*name=\"_csrf\" value=\"([^\"]+)\".*", "$1");
	}

	private final class Browser extends SessionClient {

		Browser() {
			super(url(""));
		}

		String signIn(String provider, Map<String, Object> claims) throws Exception {
			server.enqueueCallback(new DefaultOAuth2TokenCallback(provider, OidcSignInIntegrationTests.this.subject,
					"JWT", List.of(TestIdentityProvider.client(provider)), claims, 3600));
			HttpResponse<String> started = get("/oauth2/authorization/" + provider);
			HttpResponse<String> authorized = send(HttpRequest.newBuilder(URI.create(location(started))));
			return location(send(HttpRequest.newBuilder(URI.create(location(authorized)))));
		}

		Map<String, String> start(String provider) throws Exception {
			return query(location(get("/oauth2/authorization/" + provider)));
		}

		/** Answers the token request with a token. */
		HttpResponse<String> finish(String provider, Map<String, String> request, String token) throws Exception {
			forgery.answer(token);
			return callback(provider, request, "");
		}

		HttpResponse<String> callback(String provider, Map<String, String> request, String further) throws Exception {
			String state = request.get("state").equals("missing") ? ""
					: "&state=" + URLEncoder.encode(request.get("state"), StandardCharsets.UTF_8);
			return get("/login/oauth2/code/" + provider + "?code=abc" + state + further);
		}

	}

}
