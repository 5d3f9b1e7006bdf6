package io.waypost.agent.llm.provider;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLHandshakeException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.agent.llm.provider.ModelCallException.Failure;

import org.springframework.http.HttpHeaders;

/**
 * Sends one request to a provider. Follows no redirects and repeats nothing. The time
 * limit covers the whole response, its size is limited, and any status but 200 is an
 * exception.
 */
final class ProviderHttp {

	private static final int LARGEST_RESPONSE = 1 << 20;

	private static final ObjectMapper JSON = new ObjectMapper();

	private final HttpClient client;

	private final Clock clock;

	/**
	 * Makes a client. It speaks HTTP/1.1, because servers such as vLLM lose the body of a
	 * request that offers an upgrade to HTTP/2.
	 */
	ProviderHttp(Duration connectTimeout, Clock clock) {
		this.client = HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_1_1)
			.followRedirects(HttpClient.Redirect.NEVER)
			.connectTimeout(connectTimeout)
			.build();
		this.clock = clock;
	}

	/**
	 * Posts a body.
	 * @param uri where to
	 * @param headers headers of the request
	 * @param body the body
	 * @param timeout time until the last byte of the response
	 * @return body of the response with status 200
	 * @throws ModelCallException for everything else
	 */
	byte[] post(URI uri, HttpHeaders headers, byte[] body, Duration timeout) {
		HttpRequest.Builder request = HttpRequest.newBuilder(uri)
			.timeout(timeout)
			.POST(HttpRequest.BodyPublishers.ofByteArray(body));
		headers.forEach((name, values) -> {
			if (!name.equalsIgnoreCase(HttpHeaders.CONTENT_LENGTH)) {
				values.forEach((value) -> request.header(name, value));
			}
		});
		HttpResponse<byte[]> response = await(
				this.client.sendAsync(request.build(), (info) -> new LimitedBody(LARGEST_RESPONSE)), timeout);
		if (response.statusCode() != 200) {
			throw refused(response);
		}
		return response.body();
	}

	private static HttpResponse<byte[]> await(CompletableFuture<HttpResponse<byte[]>> response, Duration timeout) {
		try {
			return response.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException ex) {
			response.cancel(true);
			throw new ModelCallException(Failure.TIMEOUT, "no complete answer after " + timeout.toMillis() + " ms");
		}
		catch (InterruptedException ex) {
			response.cancel(true);
			throw new ModelCallException(Failure.INTERRUPTED, "interrupted");
		}
		catch (ExecutionException ex) {
			throw failed(Objects.requireNonNull(ex.getCause()));
		}
	}

	/** Leaves out messages, which may quote the response. */
	private static ModelCallException failed(Throwable cause) {
		String type = cause.getClass().getSimpleName();
		if (cause instanceof LimitedBody.TooLargeException
				|| cause.getCause() instanceof LimitedBody.TooLargeException) {
			return new ModelCallException(Failure.TOO_LARGE, "answer above %d bytes".formatted(LARGEST_RESPONSE));
		}
		if (cause instanceof HttpConnectTimeoutException || cause instanceof ConnectException
				|| cause instanceof SSLHandshakeException) {
			return new ModelCallException(Failure.NOT_CONNECTED, "no connection (%s)".formatted(type));
		}
		if (cause instanceof HttpTimeoutException) {
			return new ModelCallException(Failure.TIMEOUT, "no answer in time");
		}
		if (cause instanceof IOException) {
			return new ModelCallException(Failure.CONNECTION_LOST, "connection lost (%s)".formatted(type));
		}
		return new ModelCallException(Failure.UNREADABLE, type);
	}

	private ModelCallException refused(HttpResponse<byte[]> response) {
		int status = response.statusCode();
		String code = errorCode(response.body());
		if (status == 400 && code.equals("content_filter")) {
			return new ModelCallException(Failure.FILTERED, "refused by the provider's filter", status, null);
		}
		return new ModelCallException(Failure.STATUS, code.isEmpty() ? "status " + status : status + " " + code, status,
				RetryAfter.of(response.headers(), this.clock));
	}

	/** Reads the code only, because the message may quote the prompt. */
	private static String errorCode(byte[] body) {
		try {
			JsonNode error = JSON.readTree(body).path("error");
			String code = error.path("code").asText("");
			String found = code.isEmpty() || code.equals("null") ? error.path("type").asText("") : code;
			return found.matches("[a-z0-9_]{1,40}") ? found : "";
		}
		catch (IOException ex) {
			return "";
		}
	}

}
