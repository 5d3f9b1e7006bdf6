package io.waypost.testing;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The requests of docs/install.md: from an empty installation to the first e-mail. */
public final class FirstSteps {

	/** Password of the user {@code admin}. */
	public static final String PASSWORD = "amber ladder seven coast";

	private final HttpClient client = HttpClient.newHttpClient();

	private final String url;

	private final String admin = basic("admin", PASSWORD);

	/**
	 * Steps on an installation.
	 * @param url its URL without a path
	 */
	public FirstSteps(String url) {
		this.url = url;
	}

	/**
	 * Creates a source, a token and content, sends the first event and triggers the first
	 * e-mail.
	 * @return id of the send
	 */
	public String triggerFirstMail() throws Exception {
		String writeKey = field("writeKey", post("/api/v1/sources", this.admin, "{\"name\": \"shop\"}"));
		String token = field("token",
				post("/api/v1/tokens", this.admin, "{\"name\": \"setup\", \"roles\": [\"MARKETER\"]}"));
		prepareContent("Bearer " + token);
		sendFirstEvents(basic(writeKey, ""));
		await().atMost(Duration.ofSeconds(30)).until(() -> get("/api/v1/profiles/ada").statusCode() == 200);
		return field("sendId", post("/api/v1/campaigns/trigger", "Bearer " + token,
				"{\"userId\": \"ada\", \"template\": \"welcome\"}"));
	}

	/**
	 * Returns whether a send ended without an e-mail.
	 * @param send id of the send
	 * @return true when it was withheld, flagged or deferred, or is dead
	 */
	public boolean isOver(String send) throws Exception {
		return get("/api/v1/sends/" + send).body().matches("(?s).*\"status\":\"(withheld|flagged|dead|deferred)\".*");
	}

	private void prepareContent(String marketer) throws Exception {
		post("/api/v1/brands", marketer,
				"""
						{"senderName": "Example Shop", "senderAddress": "hello@shop.example",
						 "postalAddress": ["Example Shop Ltd", "1 High Street", "Exampleton"],
						 "siteUrl": "https://shop.example", "logoUrl": "https://shop.example/logo.png", "accentColour": "#0b6e4f", "linkHosts": ["shop.example"]}
						""");
		post("/api/v1/brands/default/versions/1/approve", marketer, null);
		post("/api/v1/templates", marketer,
				"""
						{"key": "welcome", "topic": "marketing", "locale": "en", "subject": "Welcome to {{ shop }}",
						 "body": "Hello {{ first_name }},\\n\\nthank you for your interest in our shop. Reply to this e-mail whenever you have a question."}
						""");
		post("/api/v1/templates/welcome/versions/1/approve", marketer, null);
	}

	private void sendFirstEvents(String source) throws Exception {
		post("/v1/identify", source,
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

	private HttpResponse<String> post(String path, String authorization, @Nullable String body) throws Exception {
		HttpResponse<String> response = this.client.send(HttpRequest.newBuilder(URI.create(this.url + path))
			.header("Authorization", authorization)
			.header("Content-Type", "application/json")
			.POST((body != null) ? HttpRequest.BodyPublishers.ofString(body) : HttpRequest.BodyPublishers.noBody())
			.build(), HttpResponse.BodyHandlers.ofString());
		assertThat(response.statusCode()).as(path + " " + response.body()).isBetween(200, 299);
		return response;
	}

	/**
	 * Reads a path as the administrator.
	 * @param path below the URL
	 * @return the response
	 */
	public HttpResponse<String> get(String path) throws Exception {
		return this.client.send(
				HttpRequest.newBuilder(URI.create(this.url + path)).header("Authorization", this.admin).build(),
				HttpResponse.BodyHandlers.ofString());
	}

	/**
	 * Returns a field of a JSON response.
	 * @param name of the field
	 * @param response with the field
	 * @return its value
	 */
	public static String field(String name, HttpResponse<String> response) {
		Matcher value = Pattern.compile("\"%s\":\"?([^\",}]+)".formatted(name)).matcher(response.body());
		assertThat(value.find()).as(name + " in " + response.body()).isTrue();
		return value.group(1);
	}

	private static String basic(String name, String password) {
		return "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
	}

}
