package io.waypost.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;

/** The source of {@link TestTenant}: tells what people do, as their shop would. */
public final class TestSource {

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	private final String base;

	/**
	 * One that talks to a running product.
	 * @param base its address, without a path
	 */
	public TestSource(String base) {
		this.base = base;
	}

	/**
	 * One that talks to a product on this machine.
	 * @param port where it listens
	 * @return the source
	 */
	public static TestSource of(int port) {
		return new TestSource("http://127.0.0.1:" + port);
	}

	/**
	 * Sends one call, which is taken.
	 * @param type of the call: {@code identify}, {@code track}, {@code batch}…
	 * @param body in JSON
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
	 * Sends several calls at once, which are taken.
	 * @param calls each with its {@code type}, in JSON
	 */
	public void batch(String... calls) {
		send("batch", "{\"batch\":[%s]}".formatted(String.join(",", calls)));
	}

}
