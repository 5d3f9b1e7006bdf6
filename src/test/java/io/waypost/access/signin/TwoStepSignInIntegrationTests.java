package io.waypost.access.signin;

import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import io.waypost.access.Caller;
import io.waypost.access.Role;
import io.waypost.access.User;
import io.waypost.access.totp.AuthenticatorApp;
import io.waypost.access.totp.TwoStepSignIn;
import io.waypost.access.user.AccountProvisioner;
import io.waypost.testing.TestTenant;
import io.waypost.testing.WaypostTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

import static org.assertj.core.api.Assertions.assertThat;

@WaypostTest
class TwoStepSignInIntegrationTests {

	private static final Pattern SECRET = Pattern.compile("<code>([A-Z2-7]{32})</code>");

	private static final Pattern RECOVERY = Pattern.compile("<code>([a-z0-9]{4}(?:-[a-z0-9]{4}){3})</code>");

	private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

	@LocalServerPort
	private int port;

	@Autowired
	private AccountProvisioner accounts;

	@Autowired
	private TwoStepSignIn twoStep;

	@Autowired
	private SecurityProblemHandler problems;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private Clock clock;

	private final String name = "totp-" + UUID.randomUUID();

	private AuthenticatorApp app;

	private List<String> recoveryCodes;

	@BeforeEach
	void createUser() {
		this.accounts.createUser(new User(TestTenant.ID, this.name, EnumSet.of(Role.ADMIN)), TestTenant.PASSWORD);
	}

	@Test
	void asksForACodeThatWorksOnce() throws Exception {
		turnOn();
		assertThat(signIn("")).endsWith("/login?code");
		assertThat(signIn("000000")).endsWith("/login?code&error");
		String code = nextCode();
		assertThat(signIn(code)).doesNotContain("/login");
		assertThat(signIn(code)).as("replay").endsWith("/login?code&error");
	}

	@Test
	void acceptsEachRecoveryCodeOnce() throws Exception {
		turnOn();
		assertThat(this.recoveryCodes).hasSize(10).doesNotHaveDuplicates();
		assertThat(signIn(this.recoveryCodes.getFirst())).doesNotContain("/login");
		assertThat(signIn(this.recoveryCodes.getFirst())).endsWith("/login?code&error");
		assertThat(signIn(this.recoveryCodes.get(1).toUpperCase(Locale.ROOT))).doesNotContain("/login");
	}

	@Test
	void refusesHttpBasic() throws Exception {
		assertThat(basic().statusCode()).isEqualTo(200);
		turnOn();
		HttpResponse<String> refused = basic();
		assertThat(refused.statusCode()).isEqualTo(401);
		assertThat(refused.body()).contains("API token");
	}

	@Test
	void storesNeitherSecretNorRecoveryCodesInClearText() throws Exception {
		turnOn();
		byte[] sealed = this.jdbc.sql("SELECT secret FROM access.totp WHERE user_name = ?")
			.param(this.name)
			.query(byte[].class)
			.single();
		assertThat(sealed).as("nonce, 20 bytes, tag").hasSize(12 + 20 + 16);
		assertThat(this.jdbc.sql("SELECT length(hash) FROM access.recovery_code WHERE user_name = ?")
			.param(this.name)
			.query(Integer.class)
			.list()).hasSize(10).containsOnly(32);
	}

	@Test
	void needsACodeToBeTurnedOff() throws Exception {
		HttpClient browser = turnOn();
		assertThat(post(browser, "/account/two-step", "remove=true&code=000000").body()).contains("Wrong or used code");
		assertThat(this.twoStep.isActive(TestTenant.ID, this.name)).isTrue();
		post(browser, "/account/two-step", "remove=true&code=" + nextCode());
		assertThat(this.twoStep.isActive(TestTenant.ID, this.name)).isFalse();
		assertThat(signIn("")).doesNotContain("/login");
	}

	@Test
	void limitsWrongCodesOfASession() throws Exception {
		HttpClient browser = turnOn();
		for (int attempt = 0; attempt < 10; attempt++) {
			assertThat(post(browser, "/account/two-step", "remove=true&code=000000").statusCode()).isEqualTo(200);
		}
		assertThat(post(browser, "/account/two-step", "remove=true&code=" + nextCode()).statusCode()).isEqualTo(429);
		assertThat(this.twoStep.isActive(TestTenant.ID, this.name)).isTrue();
	}

	@Test
	void canBeRequired() throws Exception {
		TwoStepFilter required = new TwoStepFilter(new TwoStepSettings(true), this.twoStep, this.problems);
		assertThat(filtered(required, "GET", "/templates").getRedirectedUrl()).isEqualTo("/account/two-step");
		assertThat(filtered(required, "POST", "/templates").getStatus()).isEqualTo(403);
		assertThat(filtered(required, "GET", "/api/v1/templates").getContentAsString()).contains(this.name,
				"/account/two-step");
		assertThat(filtered(required, "GET", "/account/two-step").getRedirectedUrl()).isNull();
		turnOn();
		assertThat(filtered(required, "GET", "/templates").getRedirectedUrl()).isNull();
	}

	private MockHttpServletResponse filtered(TwoStepFilter filter, String method, String path) throws Exception {
		MockHttpServletRequest request = new MockHttpServletRequest(method, path);
		UsernamePasswordAuthenticationToken signedIn = UsernamePasswordAuthenticationToken
			.authenticated(new Caller(TestTenant.ID, this.name, EnumSet.of(Role.ADMIN)), null, List.of());
		signedIn.setDetails(new WebAuthenticationDetails(request));
		SecurityContextHolder.getContext().setAuthentication(signedIn);
		try {
			MockHttpServletResponse response = new MockHttpServletResponse();
			filter.doFilter(request, response, new MockFilterChain());
			return response;
		}
		finally {
			SecurityContextHolder.clearContext();
		}
	}

	/** Enrols as a user does. */
	private HttpClient turnOn() throws Exception {
		HttpClient browser = browser();
		signIn(browser, "");
		String page = post(browser, "/account/two-step", "x=1").body();
		assertThat(page).contains("<svg ", "QR code");
		this.app = new AuthenticatorApp(find(SECRET, page).getFirst());
		String done = post(browser, "/account/two-step",
				"confirm=true&code=" + this.app.code(this.clock.instant().minus(Duration.ofSeconds(30))))
			.body();
		this.recoveryCodes = find(RECOVERY, done);
		assertThat(this.twoStep.isActive(TestTenant.ID, this.name)).as(done).isTrue();
		return browser;
	}

	private String nextCode() {
		return this.app.code(this.clock.instant());
	}

	private String signIn(String code) throws Exception {
		return signIn(browser(), code);
	}

	private String signIn(HttpClient browser, String code) throws Exception {
		String form = "username=%s&password=%s".formatted(this.name, TestTenant.PASSWORD)
				+ (code.isEmpty() ? "" : "&code=" + URLEncoder.encode(code, StandardCharsets.UTF_8));
		return post(browser, "/login", form).headers().firstValue("Location").orElse("");
	}

	private HttpResponse<String> basic() throws Exception {
		String credentials = Base64.getEncoder()
			.encodeToString((this.name + ":" + TestTenant.PASSWORD).getBytes(StandardCharsets.UTF_8));
		return browser().send(request("/api/v1/templates").header("Authorization", "Basic " + credentials).build(),
				HttpResponse.BodyHandlers.ofString());
	}

	private HttpResponse<String> post(HttpClient browser, String path, String form) throws Exception {
		String page = browser.send(request("/login").build(), HttpResponse.BodyHandlers.ofString()).body();
		String csrf = find(CSRF, page).getFirst();
		return browser.send(request(path).header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers
				.ofString(form + "&_csrf=" + URLEncoder.encode(csrf, StandardCharsets.UTF_8)))
			.build(), HttpResponse.BodyHandlers.ofString());
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + path));
	}

	private static HttpClient browser() {
		return HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
	}

	private static List<String> find(Pattern pattern, String text) {
		return pattern.matcher(text).results().map((MatchResult found) -> found.group(1)).toList();
	}

}
