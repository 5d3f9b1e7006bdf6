package io.waypost.testing;

import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Keeps the session cookie, also across sites like SameSite=Lax, and follows no redirect.
 */
public class SessionClient {

	private final HttpClient client = HttpClient.newHttpClient();

	private final String root;

	private String cookie = "";

	/**
	 * Starts without a session.
	 * @param root address of the application, without a slash at the end
	 */
	public SessionClient(String root) {
		this.root = root;
	}

	/** Returns the session cookie, empty without a session. */
	public String cookie() {
		return this.cookie;
	}

	/** Uses another session. */
	public void useCookie(String other) {
		this.cookie = other;
	}

	/** Reads a page, or JSON below {@code /api/}. */
	public HttpResponse<String> get(String path) throws Exception {
		return send(HttpRequest.newBuilder(URI.create(this.root + path))
			.header("Accept", path.contains("/api/") ? "application/json" : "text/html,*/*"));
	}

	/** Sends a form. */
	public HttpResponse<String> post(String path, String form) throws Exception {
		return send(HttpRequest.newBuilder(URI.create(this.root + path))
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers.ofString(form)));
	}

	/** Sends a form from a page of another site: without the session of this one. */
	public HttpResponse<String> postCrossSite(String path, String form) throws Exception {
		String own = this.cookie;
		this.cookie = "";
		HttpResponse<String> response = post(path, form);
		this.cookie = this.cookie.isEmpty() ? own : this.cookie;
		return response;
	}

	/** Sends a request with the cookie. */
	public HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
		HttpRequest.Builder withCookie = this.cookie.isEmpty() ? request : request.header("Cookie", this.cookie);
		HttpResponse<String> response = this.client.send(withCookie.build(), HttpResponse.BodyHandlers.ofString());
		response.headers()
			.allValues("Set-Cookie")
			.stream()
			.filter((value) -> value.startsWith("JSESSIONID="))
			.forEach((value) -> this.cookie = value.split(";", 2)[0]);
		return response;
	}

	/** Requires a redirect and returns its absolute target. */
	public static String location(HttpResponse<String> response) {
		assertThat(response.statusCode()).as(response.body()).isEqualTo(302);
		return response.uri().resolve(response.headers().firstValue("Location").orElseThrow()).toString();
	}

	/** Returns the decoded parameters of a URL. */
	public static Map<String, String> query(String url) {
		Map<String, String> parameters = new TreeMap<>();
		for (String parameter : url.substring(url.indexOf('?') + 1).split("&", -1)) {
			String[] parts = parameter.split("=", 2);
			parameters.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
		}
		return parameters;
	}

}
