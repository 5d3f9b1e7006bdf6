package io.waypost;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.waypost.testing.TestDatabase;
import io.waypost.testing.WaypostProcess;
import jakarta.mail.internet.MimeMessage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The steps of docs/install.md: from an empty database to the first e-mail. */
@Tag("engine-node")
class InstallationIntegrationTests {

	private static final String PASSWORD = "amber ladder seven coast";

	private final HttpClient client = HttpClient.newHttpClient();

	@TempDir
	private Path directory;

	@Test
	void becomesWorkingInstallationFromAnEmptyDatabase() throws Exception {
		GreenMail mailServer = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
		mailServer.start();
		String database = TestDatabase.emptyDatabaseUrl("installation");
		try (WaypostProcess waypost = WaypostProcess.start(this.directory, "installation",
				"--spring.datasource.url=" + database, "--waypost.admin.password=" + PASSWORD,
				"--waypost.esp[0].name=mail", "--waypost.esp[0].type=smtp", "--waypost.esp[0].host=127.0.0.1",
				"--waypost.esp[0].port=" + mailServer.getSmtp().getPort())) {
			waypost.awaitReady();
			assertThat(waypost.output()).as("the next steps are in the log").contains("admin create-source");
			String url = waypost.address();
			String admin = basic("admin", PASSWORD);
			String writeKey = field("writeKey", post(url + "/api/v1/sources", admin, "{\"name\": \"shop\"}"));
			String token = field("token",
					post(url + "/api/v1/tokens", admin, "{\"name\": \"setup\", \"roles\": [\"MARKETER\"]}"));
			prepareContent(url, "Bearer " + token);
			sendFirstEvents(url, basic(writeKey, ""));
			await().atMost(Duration.ofSeconds(30))
				.until(() -> get(url + "/api/v1/profiles/ada", admin).statusCode() == 200);
			HttpResponse<String> sent = post(url + "/api/v1/campaigns/trigger", "Bearer " + token,
					"{\"userId\": \"ada\", \"template\": \"welcome\"}");
			String send = field("sendId", sent);
			await().atMost(Duration.ofSeconds(60))
				.until(() -> mailServer.getReceivedMessages().length > 0 || isOver(url, admin, send));
			assertThat(mailServer.getReceivedMessages()).as(get(url + "/api/v1/sends/" + send, admin).body())
				.hasSize(1);
			MimeMessage mail = mailServer.getReceivedMessages()[0];
			assertThat(mail.getSubject()).contains("Example Shop");
			assertThat(mail.getHeader("List-Unsubscribe")).isNotNull();
			assertThat(field("valid", get(url + "/api/v1/ledger/verify", admin))).isEqualTo("true");
			assertThat(waypost.complaints()).isEmpty();
		}
		finally {
			mailServer.stop();
		}
	}

	private boolean isOver(String url, String admin, String send) throws Exception {
		return get(url + "/api/v1/sends/" + send, admin).body()
			.matches("(?s).*\"status\":\"(withheld|flagged|dead|deferred)\".*");
	}

	private void prepareContent(String url, String marketer) throws Exception {
		post(url + "/api/v1/brands", marketer,
				"""
						{"senderName": "Example Shop", "senderAddress": "hello@shop.example",
						 "postalAddress": ["Example Shop Ltd", "1 High Street", "Exampleton"],
						 "siteUrl": "https://shop.example", "logoUrl": "https://shop.example/logo.png", "accentColour": "#0b6e4f", "linkHosts": ["shop.example"]}
						""");
		post(url + "/api/v1/brands/default/versions/1/approve", marketer, null);
		post(url + "/api/v1/templates", marketer,
				"""
						{"key": "welcome", "topic": "marketing", "locale": "en", "subject": "Welcome to {{ shop }}",
						 "body": "Hello {{ first_name }},\\n\\nthank you for your interest in our shop. Reply to this e-mail whenever you have a question."}
						""");
		post(url + "/api/v1/templates/welcome/versions/1/approve", marketer, null);
	}

	private void sendFirstEvents(String url, String source) throws Exception {
		post(url + "/v1/identify", source,
				"""
						{"userId": "ada", "traits": {"email": "ada@mail.example", "firstName": "Ada", "timezone": "%s", "locale": "en"},
						 "context": {"consent": {"categoryPreferences": {"marketing": true}}}}
						"""
					.formatted(zoneAtNoon()));
	}

	/** A time zone outside quiet hours, at whatever time the test runs. */
	private static String zoneAtNoon() {
		int hour = LocalTime.now(ZoneOffset.UTC).getHour();
		int offset = Math.clamp(12 - hour, -11, 12);
		return "Etc/GMT%+d".formatted(-offset);
	}

	private HttpResponse<String> post(String url, String authorization, @Nullable String body) throws Exception {
		HttpResponse<String> response = this.client.send(HttpRequest.newBuilder(URI.create(url))
			.header("Authorization", authorization)
			.header("Content-Type", "application/json")
			.POST((body != null) ? HttpRequest.BodyPublishers.ofString(body) : HttpRequest.BodyPublishers.noBody())
			.build(), HttpResponse.BodyHandlers.ofString());
		assertThat(response.statusCode()).as(url + " " + response.body()).isBetween(200, 299);
		return response;
	}

	private HttpResponse<String> get(String url, String authorization) throws Exception {
		return this.client.send(HttpRequest.newBuilder(URI.create(url)).header("Authorization", authorization).build(),
				HttpResponse.BodyHandlers.ofString());
	}

	private static String field(String name, HttpResponse<String> response) {
		Matcher value = Pattern.compile("\"%s\":\"?([^\",}]+)".formatted(name)).matcher(response.body());
		assertThat(value.find()).as(name + " in " + response.body()).isTrue();
		return value.group(1);
	}

	private static String basic(String name, String password) {
		return "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
	}

}
