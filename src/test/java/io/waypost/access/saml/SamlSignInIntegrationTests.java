package io.waypost.access.saml;

import java.io.ByteArrayInputStream;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

import io.waypost.access.PublicUrl;
import io.waypost.access.Role;
import io.waypost.access.User;
import io.waypost.access.UserRepository;
import io.waypost.access.session.UserSessions;
import io.waypost.database.JsonColumn;
import io.waypost.testing.MutableClock;
import io.waypost.testing.SessionClient;
import io.waypost.testing.TestSamlProvider;
import io.waypost.testing.TestTenant;
import io.waypost.testing.WaypostTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import static io.waypost.testing.SessionClient.location;
import static io.waypost.testing.SessionClient.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Signs in with SAML, and attacks what the database and the session protect; see
 * SamlResponseValidatorTests for the message.
 */
@WaypostTest
class SamlSignInIntegrationTests {

	private final String subject = UUID.randomUUID().toString();

	@LocalServerPort
	private int port;

	@Autowired
	private PublicUrl publicUrl;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private JsonColumn json;

	@Autowired
	private SamlProviders providers;

	@Autowired
	private UserRepository users;

	@Autowired
	private UserSessions sessions;

	@Autowired
	private MutableClock clock;

	@AfterEach
	void resetClock() {
		this.clock.reset();
	}

	@Test
	void signsInAndOpensThePageThatWasRequested() throws Exception {
		Browser browser = new Browser();
		browser.get("/campaigns?status=DRAFT");
		assertThat(browser.signIn(answer())).isEqualTo(url("/campaigns?status=DRAFT"));
		assertThat(browser.get("/").statusCode()).isEqualTo(200);
		assertThat(browser.get("/api/v1/users").statusCode()).isEqualTo(200);
		assertThat(account()).isEqualTo(new User(TestTenant.ID, "anna-" + this.subject, EnumSet.of(Role.ADMIN)));
		assertThat(ledgerKinds()).containsExactly("user.created");
		assertThat(this.jdbc.sql("SELECT count(*) FROM access.saml_assertion WHERE statement::text LIKE ?")
			.param("%" + this.subject + "%")
			.query(Long.class)
			.single()).isZero();
	}

	@Test
	void readsRolesAtEachSignInWithEncryptedAssertions() throws Exception {
		Browser first = new Browser();
		first.signIn(answer());
		TestSamlResponse later = answer();
		later.groups = List.of("corporate-crm", "unknown");
		Browser second = new Browser();
		String message = TestSamlResponse.encode(later.answering(second.start()).encrypted(TestSamlResponse.OAEP));
		assertThat(second.receive(TestSamlProvider.CORPORATE, message)).isEqualTo(finishUrl());
		assertThat(second.finish()).isEqualTo(url("/"));
		assertThat(account().roles()).containsExactly(Role.MARKETER);
		this.clock.advance(Duration.ofSeconds(6));
		assertThat(location(first.get("/"))).isEqualTo(url("/login"));
		TestSamlResponse last = answer();
		last.groups = List.of();
		assertThat(new Browser().signIn(last)).isEqualTo(url("/login?nogroup"));
		assertThat(ledgerKinds()).containsExactly("user.created", "user.roles_assigned", "user.roles_assigned",
				"user.sign_in_refused");
	}

	@Test
	void signsTheRequest() throws Exception {
		String target = location(new Browser().get(SamlProvider.START + TestSamlProvider.CORPORATE));
		assertThat(target).startsWith("https://sso.hearth.example/corporate/sso?realm=staff&SAMLRequest=");
		String query = target.substring(target.indexOf("SAMLRequest="));
		Signature signature = Signature.getInstance("SHA256withRSA");
		signature.initVerify(TestSamlProvider.OWN_CERTIFICATE);
		signature.update(query.substring(0, query.indexOf("&Signature=")).getBytes(StandardCharsets.US_ASCII));
		assertThat(signature.verify(Base64.getDecoder().decode(query(target).get("Signature")))).isTrue();
		assertThat(inflate(query(target).get("SAMLRequest")))
			.contains(this.publicUrl.of(SamlProvider.ACS + TestSamlProvider.CORPORATE))
			.contains(this.publicUrl.of(SamlProvider.METADATA + TestSamlProvider.CORPORATE));
	}

	@Test
	void showsMetadataAndButtons() throws Exception {
		HttpResponse<String> metadata = new Browser().get(SamlProvider.METADATA + TestSamlProvider.CORPORATE);
		assertThat(metadata.statusCode()).isEqualTo(200);
		assertThat(metadata.body()).contains("WantAssertionsSigned=\"true\"", "AuthnRequestsSigned=\"true\"",
				this.publicUrl.of(SamlProvider.ACS + TestSamlProvider.CORPORATE));
		assertThat(new Browser().get("/login").body()).contains("href=\"/login/saml2/start/corporate\"",
				"Sign in with Corporate account");
		assertThat(new Browser().get(SamlProvider.METADATA + "unknown").statusCode()).isEqualTo(404);
		assertThat(new Browser().get(SamlProvider.START + "unknown").statusCode()).isEqualTo(404);
	}

	@Test
	void keepsTheSessionOfTheBrowserAtTheCrossSiteRequest() throws Exception {
		Browser browser = new Browser();
		String message = TestSamlResponse.encode(answer().answering(browser.start()).signed());
		String planted = browser.cookie();
		HttpResponse<String> received = browser.receiveCrossSite(TestSamlProvider.CORPORATE, message);
		assertThat(received.headers().allValues("Set-Cookie")).isEmpty();
		assertThat(browser.finish()).isEqualTo(url("/"));
		assertThat(browser.cookie()).isNotEqualTo(planted);
		browser.useCookie(planted);
		assertThat(location(browser.get("/"))).isEqualTo(url("/login"));
	}

	@Test
	void acceptsAnAssertionOnceOnAllNodes() throws Exception {
		Browser browser = new Browser();
		TestSamlResponse response = answer().answering(browser.start());
		String message = TestSamlResponse.encode(response.signed());
		assertThat(browser.receive(TestSamlProvider.CORPORATE, message)).isEqualTo(finishUrl());
		assertThat(browser.receive(TestSamlProvider.CORPORATE, message)).isEqualTo(url("/login?providererror"));
		SamlProvider provider = this.providers.find(TestSamlProvider.CORPORATE).orElseThrow();
		SamlAssertions otherNode = new SamlAssertions(this.jdbc, this.json, Clock.systemUTC());
		SamlAssertion assertion = new SamlResponseValidator(Clock.systemUTC()).validate(provider, message);
		assertThatExceptionOfType(SamlRefusedException.class).isThrownBy(() -> otherNode.record(provider, assertion))
			.withMessageContaining("used before");
		assertThat(browser.finish()).isEqualTo(url("/"));
		assertThat(browser.finish()).isEqualTo(url("/login?providererror"));
		assertThat(otherNode.take(provider, String.valueOf(response.inResponseTo))).isEmpty();
	}

	@Test
	void acceptsAnUnsolicitedAssertionOnce() throws Exception {
		String message = TestSamlResponse.encode(unsolicited(TestSamlProvider.PORTAL).signed());
		Browser browser = new Browser();
		assertThat(browser.receive(TestSamlProvider.PORTAL, message)).isEqualTo(url("/"));
		assertThat(browser.get("/").statusCode()).isEqualTo(200);
		assertThat(account().roles()).containsExactly(Role.MARKETER);
		assertThat(new Browser().receive(TestSamlProvider.PORTAL, message)).isEqualTo(url("/login?providererror"));
	}

	@Test
	void refusesUnsolicitedAssertionsUnlessAllowed() throws Exception {
		Browser browser = new Browser();
		assertThat(browser.receive(TestSamlProvider.CORPORATE,
				TestSamlResponse.encode(unsolicited(TestSamlProvider.CORPORATE).signed())))
			.isEqualTo(url("/login?providererror"));
		assertThat(location(browser.get("/"))).isEqualTo(url("/login"));
		assertThat(identities()).isZero();
	}

	@Test
	void refusesTheAnswerToAnotherRequest() throws Exception {
		Browser browser = new Browser();
		browser.start();
		browser.receive(TestSamlProvider.CORPORATE,
				TestSamlResponse.encode(answer().answering("_" + UUID.randomUUID()).signed()));
		assertThat(browser.finish()).isEqualTo(url("/login?providererror"));
		assertThat(identities()).isZero();
	}

	/** An attacker lets the browser of a victim send the attacker's own assertion. */
	@Test
	void refusesTheAnswerToAnotherBrowser() throws Exception {
		Browser attacker = new Browser();
		String message = TestSamlResponse.encode(answer().answering(attacker.start()).signed());
		Browser victim = new Browser();
		victim.start();
		victim.receive(TestSamlProvider.CORPORATE, message);
		assertThat(victim.finish()).isEqualTo(url("/login?providererror"));
		assertThat(new Browser().finish()).isEqualTo(url("/login?providererror"));
		assertThat(identities()).isZero();
	}

	@Test
	void refusesTheAnswerAfterFiveMinutes() throws Exception {
		Browser browser = new Browser();
		browser.receive(TestSamlProvider.CORPORATE,
				TestSamlResponse.encode(answer().answering(browser.start()).signed()));
		this.clock.advance(Duration.ofMinutes(5).plusSeconds(1));
		assertThat(browser.finish()).isEqualTo(url("/login?providererror"));
	}

	@Test
	void refusesTheAnswerOfAnotherProvider() throws Exception {
		Browser browser = new Browser();
		String message = TestSamlResponse.encode(answer().answering(browser.start()).signed());
		assertThat(browser.receive(TestSamlProvider.PORTAL, message)).isEqualTo(url("/login?providererror"));
		assertThat(browser.receive("unknown", message)).isEqualTo(url("/login?providererror"));
		TestSamlResponse portal = new TestSamlResponse(this.publicUrl.of(""), TestSamlProvider.PORTAL);
		assertThat(browser.receive(TestSamlProvider.PORTAL,
				TestSamlResponse.encode(portal.answering(browser.start()).signed())))
			.isEqualTo(url(SamlProvider.FINISH + TestSamlProvider.PORTAL));
		assertThat(browser.finish()).isEqualTo(url("/login?providererror"));
	}

	@Test
	void refusesForgedAndMissingResponses() throws Exception {
		Browser browser = new Browser();
		TestSamlResponse response = answer().answering(browser.start());
		response.keys = TestSamlProvider.newKeys();
		assertThat(browser.receive(TestSamlProvider.CORPORATE, TestSamlResponse.encode(response.signed())))
			.isEqualTo(url("/login?providererror"));
		assertThat(browser.receive(TestSamlProvider.CORPORATE, "")).isEqualTo(url("/login?providererror"));
		assertThat(browser.finish()).isEqualTo(url("/login?providererror"));
	}

	@Test
	void refusesProviderOfUnknownTenant() throws Exception {
		TestSamlResponse response = new TestSamlResponse(this.publicUrl.of(""), TestSamlProvider.NOWHERE);
		assertThat(new Browser().receive(TestSamlProvider.NOWHERE,
				TestSamlResponse.encode(response.answering("_request").signed())))
			.isEqualTo(url("/login?providererror"));
	}

	@Test
	void endsTheSessionAtTheProviderAtTheSignOut() throws Exception {
		Browser browser = new Browser();
		browser.signIn(answer());
		HttpResponse<String> page = browser.get("/");
		assertThat(page.headers().firstValue("Content-Security-Policy")).get()
			.asString()
			.contains("form-action 'self'", " https://sso.hearth.example;");
		String token = page.body().replaceAll("(?s).*name=\"_csrf\" value=\"([^\"]+)\".*", "$1");
		String target = location(browser.post("/logout", "_csrf=" + token));
		assertThat(target).startsWith("https://sso.hearth.example/corporate/slo?SAMLRequest=").contains("&Signature=");
		assertThat(inflate(query(target).get("SAMLRequest"))).contains(this.subject, "session-1");
		assertThat(location(browser.get("/"))).isEqualTo(url("/login"));
		assertThat(this.sessions.list(TestTenant.ID, "anna-" + this.subject)).isEmpty();
		assertThat(location(browser.get(SamlProvider.SIGNED_OUT + TestSamlProvider.CORPORATE)))
			.isEqualTo(url("/login?signedout"));
	}

	private TestSamlResponse answer() {
		TestSamlResponse response = new TestSamlResponse(this.publicUrl.of(""), TestSamlProvider.CORPORATE);
		response.subject = this.subject;
		response.login = "anna-" + this.subject;
		return response;
	}

	private TestSamlResponse unsolicited(String provider) {
		TestSamlResponse response = new TestSamlResponse(this.publicUrl.of(""), provider).answering(null);
		response.subject = this.subject;
		response.groups = List.of("corporate-crm");
		return response;
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
		return this.jdbc.sql("SELECT count(*) FROM access.external_identity WHERE subject = ?")
			.param(this.subject)
			.query(Long.class)
			.single();
	}

	private List<String> ledgerKinds() {
		return this.jdbc.sql("SELECT kind FROM ledger.entry WHERE subject = ? ORDER BY entry_id")
			.param("user:anna-" + this.subject)
			.query(String.class)
			.list();
	}

	private String url(String path) {
		return "http://127.0.0.1:" + this.port + path;
	}

	private String finishUrl() {
		return url(SamlProvider.FINISH + TestSamlProvider.CORPORATE);
	}

	private static String inflate(@Nullable String message) throws Exception {
		byte[] deflated = Base64.getDecoder().decode(String.valueOf(message));
		try (InflaterInputStream text = new InflaterInputStream(new ByteArrayInputStream(deflated),
				new Inflater(true))) {
			return new String(text.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	private final class Browser extends SessionClient {

		Browser() {
			super(url(""));
		}

		String signIn(TestSamlResponse response) throws Exception {
			receive(response.provider, TestSamlResponse.encode(response.answering(start()).signed()));
			return finish();
		}

		/** Starts a sign-in and returns the id of the request. */
		String start() throws Exception {
			String target = location(get(SamlProvider.START + TestSamlProvider.CORPORATE));
			return inflate(query(target).get("SAMLRequest")).replaceAll("(?s).* ID=\"([^\"]+)\".*", "$1");
		}

		String receive(String provider, String message) throws Exception {
			return location(receiveCrossSite(provider, message));
		}

		HttpResponse<String> receiveCrossSite(String provider, String message) throws Exception {
			return postCrossSite(SamlProvider.ACS + provider,
					"SAMLResponse=" + URLEncoder.encode(message, StandardCharsets.UTF_8));
		}

		String finish() throws Exception {
			return location(get(SamlProvider.FINISH + TestSamlProvider.CORPORATE));
		}

	}

}
