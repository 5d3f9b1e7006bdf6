package io.waypost.identity.masterkey;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.Supplier;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;

/**
 * Calls a key management service. Repeats a request that was throttled (429), failed in
 * the service (5xx) or on the way. Follows no redirects.
 */
final class ServiceClient {

	private static final int ATTEMPTS = 3;

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private static final ObjectMapper JSON = new ObjectMapper();

	private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

	private final String name;

	private final Duration pause;

	ServiceClient(String name, Duration pause) {
		this.name = name;
		this.pause = pause;
	}

	/**
	 * Sends a request.
	 * @param request makes the request, once per attempt, because signatures contain the
	 * time
	 * @return body of the response with status 200
	 * @throws MasterKeyException with the service, the status and its message
	 */
	JsonNode send(Supplier<HttpRequest.Builder> request) {
		for (int attempt = 1;; attempt++) {
			HttpResponse<String> response = attempt(request.get().timeout(TIMEOUT).build(), attempt == ATTEMPTS);
			if (response != null) {
				return body(response);
			}
			sleep(this.pause.multipliedBy(attempt));
		}
	}

	/** Returns null when the request should be repeated. */
	private @Nullable HttpResponse<String> attempt(HttpRequest request, boolean last) {
		try {
			HttpResponse<String> response = this.http.send(request, HttpResponse.BodyHandlers.ofString());
			boolean repeat = response.statusCode() == 429 || response.statusCode() >= 500;
			return (repeat && !last) ? null : response;
		}
		catch (IOException ex) {
			if (last) {
				throw new MasterKeyException("%s at %s does not answer: %s".formatted(this.name,
						request.uri().getAuthority(), ex.getClass().getSimpleName()), ex);
			}
			return null;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new MasterKeyException(this.name + " was not asked: interrupted", ex);
		}
	}

	private JsonNode body(HttpResponse<String> response) {
		JsonNode body;
		try {
			body = JSON.readTree(response.body());
		}
		catch (JsonProcessingException ex) {
			throw new MasterKeyException("%s answered %d without JSON".formatted(this.name, response.statusCode()));
		}
		if (response.statusCode() != 200) {
			throw new MasterKeyException(
					"%s refused: status %d, %s".formatted(this.name, response.statusCode(), reason(body)));
		}
		return body;
	}

	private static String reason(JsonNode body) {
		String type = body.path("__type").asText();
		String message = body.has("errors") ? body.path("errors").toString()
				: body.path("message").asText(body.path("Message").asText());
		return (type + ' ' + message).strip();
	}

	private static void sleep(Duration pause) {
		try {
			Thread.sleep(pause);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	static byte[] write(Object body) {
		try {
			return JSON.writeValueAsBytes(body);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
