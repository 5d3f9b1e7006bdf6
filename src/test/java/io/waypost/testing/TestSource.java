package io.waypost.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;

/** Event source of {@link TestTenant}: posts events to the API. */
public final class TestSource {

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	private final String base;

	/**
	 * Makes a source for a running application.
	 * @param base its URL, without a path
	 */
	public TestSource(String base) {
		this.base = base;
	}

	/**
	 * Makes a source for an application on this machine.
	 * @param port its port
	 * @return the source
	 */
	public static TestSource of(int port) {
		return new TestSource("http://127.0.0.1:" + port);
	}

	/**
	 * Sends one call and expects that it is accepted.
	 * @param type type of the call: {@code identify}, {@code track}, {@code batch}…
	 * @param body body in JSON
	 */
	public void send(String type, String body) {
		HttpRequest request = HttpRequest.newBuilder(URI.create(this.base + "/v1/" + type))
			.header(HttpHeaders.CONTENT_TYPE, "application/json")
			.header(HttpHeaders.AUTHORIZATION, "Basic " + HttpHeaders.encodeBasicAuth(TestTenant.WRITE_KEY, "", null))
			.POST(HttpRequest.BodyPublishers.ofString(body))
			.build();
		try {
			HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
			assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
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
	 * Sends several calls in one batch and expects that they are accepted.
	 * @param calls each with its {@code type}, in JSON
	 */
	public void batch(String... calls) {
		send("batch", "{\"batch\":[%s]}".formatted(String.join(",", calls)));
	}

}
