package io.waypost.access.fuzz;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/**
 * A random request.
 *
 * @param target the endpoint
 * @param path path and query, encoded
 * @param headers by name
 * @param body content, empty for none
 */
record FuzzRequest(FuzzTarget target, String path, Map<String, String> headers, byte[] body) {

	private static final int SHOWN = 600;

	HttpRequest on(String base) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + this.path))
			.timeout(Duration.ofSeconds(30));
		this.headers.forEach(request::setHeader);
		return request.method(this.target.method(), HttpRequest.BodyPublishers.ofByteArray(this.body)).build();
	}

	@Override
	public String toString() {
		String text = new String(this.body, StandardCharsets.UTF_8);
		return "%s %s %s %s".formatted(this.target.method(), shortened(this.path),
				this.headers.getOrDefault("Content-Type", ""), shortened(text));
	}

	private static String shortened(String text) {
		return (text.length() <= SHOWN) ? text : text.substring(0, SHOWN) + "… (" + text.length() + ")";
	}

}
