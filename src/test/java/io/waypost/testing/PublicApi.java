package io.waypost.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** Calls a running Waypost as its users do, over HTTP only. */
public final class PublicApi {

	/** Reads and writes JSON. */
	public static final ObjectMapper JSON = new ObjectMapper();

	private static final HttpClient HTTP = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

	private final String base;

	private final String token;

	private PublicApi(String base, String token) {
		this.base = base;
		this.token = token;
	}

	/**
	 * Makes a client with every role.
	 * @param port port of the application on this machine
	 * @return the client
	 */
	public static PublicApi on(int port) {
		return new PublicApi("http://127.0.0.1:" + port, TestTenant.TOKEN);
	}

	/**
	 * Makes a client of another caller.
	 * @param other its API token
	 * @return the client
	 */
	public PublicApi as(String other) {
		return new PublicApi(this.base, other);
	}

	/**
	 * Returns the address.
	 * @return address without a path
	 */
	public String base() {
		return this.base;
	}

	/**
	 * Reads a resource.
	 * @param path path with a leading slash
	 * @return the response
	 */
	public Reply get(String path) {
		return call("GET", path, null);
	}

	/**
	 * Reads a resource that must exist.
	 * @param path path with a leading slash
	 * @return its content
	 */
	public JsonNode read(String path) {
		return get(path).expect(200).json();
	}

	/**
	 * Posts JSON.
	 * @param path path with a leading slash
	 * @param body JSON
	 * @param headers names and values alternately
	 * @return the response
	 */
	public Reply post(String path, String body, String... headers) {
		return call("POST", path, body, headers);
	}

	/**
	 * Puts JSON.
	 * @param path path with a leading slash
	 * @param body JSON
	 * @return the response
	 */
	public Reply put(String path, String body) {
		return call("PUT", path, body);
	}

	/**
	 * Sends an event of the test's source.
	 * @param type type of the call, as {@code identify}
	 * @param body event in JSON
	 * @param headers names and values alternately
	 * @return the response
	 */
	public Reply event(String type, String body, String... headers) {
		List<String> all = new ArrayList<>(List.of(headers));
		if (!all.contains("Authorization")) {
			all.addAll(List.of("Authorization", basic(TestTenant.WRITE_KEY)));
		}
		return call("POST", "/v1/" + type, body, all.toArray(String[]::new));
	}

	/**
	 * Calls any resource.
	 * @param method HTTP method
	 * @param path path with a leading slash
	 * @param body content, null for none
	 * @param headers names and values alternately; the API token and the content type
	 * JSON unless they are given
	 * @return the response
	 */
	public Reply call(String method, String path, String body, String... headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.base + path))
			.method(method,
					(body != null) ? HttpRequest.BodyPublishers.ofString(body) : HttpRequest.BodyPublishers.noBody());
		List<String> names = List.of(headers);
		if (!names.contains("Authorization")) {
			request.header("Authorization", "Bearer " + this.token);
		}
		if (!names.contains("Content-Type")) {
			request.header("Content-Type", "application/json");
		}
		if (headers.length > 0) {
			request.headers(headers);
		}
		return send(request.build());
	}

	/**
	 * Submits a form without signing in.
	 * @param path path with a leading slash
	 * @param form content of the form
	 * @return the response
	 */
	public Reply form(String path, String form) {
		return send(HttpRequest.newBuilder(URI.create(this.base + path))
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers.ofString(form))
			.build());
	}

	/**
	 * Builds the authorization of a source.
	 * @param writeKey its write key
	 * @return value of the header
	 */
	public static String basic(String writeKey) {
		return "Basic " + Base64.getEncoder().encodeToString((writeKey + ":").getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Builds the authorization of a user.
	 * @param name name of the user
	 * @param password password of the user
	 * @return value of the header
	 */
	public static String basic(String name, String password) {
		return "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
	}

	private Reply send(HttpRequest request) {
		try {
			HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
			return new Reply(request.method() + " " + request.uri().getPath(), response.statusCode(),
					response.headers().firstValue("Content-Type").orElse(""), response.body());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * A response.
	 *
	 * @param call method and path
	 * @param status status code
	 * @param type content type, empty for none
	 * @param text body
	 */
	public record Reply(String call, int status, String type, String text) {

		/**
		 * Requires a status.
		 * @param expected the allowed status codes
		 * @return this response
		 */
		public Reply expect(Integer... expected) {
			assertThat(this.status).as("%s: %s", this.call, this.text).isIn((Object[]) expected);
			return this;
		}

		/**
		 * Requires a part of the body.
		 * @param part text that the body must contain
		 * @return this response
		 */
		public Reply says(String part) {
			assertThat(this.text).as(this.call).contains(part);
			return this;
		}

		/**
		 * Reads the body.
		 * @return the body as JSON, missing when it is empty
		 */
		public JsonNode json() {
			try {
				return JSON.readTree(this.text);
			}
			catch (JsonProcessingException ex) {
				throw new AssertionError(this.call + " answered no JSON: " + this.text, ex);
			}
		}

		/**
		 * Lists the pointers of a problem.
		 * @return the pointers
		 */
		public List<String> pointers() {
			return json().path("errors").findValuesAsText("pointer");
		}

		/**
		 * Tells whether the response is a problem of RFC 9457.
		 * @return whether the content type says so
		 */
		public boolean isProblem() {
			return this.type.startsWith("application/problem+json");
		}

	}

}
