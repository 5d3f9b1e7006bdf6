package io.waypost.delivery.esp;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * A webhook as received, not parsed yet. The sandbox publishes it within the process;
 * other providers post it over HTTP. Both are processed the same way.
 *
 * @param esp configured name of the provider
 * @param headers names in lower case
 * @param body the signed bytes
 */
public record WebhookRequest(String esp, Map<String, String> headers, byte[] body) {

	public WebhookRequest {
		Map<String, String> lower = new TreeMap<>();
		headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
		headers = Map.copyOf(lower);
	}

	/**
	 * Returns a header.
	 * @param name in any case
	 * @return its value, or null
	 */
	public @Nullable String header(String name) {
		return this.headers.get(name.toLowerCase(Locale.ROOT));
	}

	@Override
	public String toString() {
		return "WebhookRequest[%s, %d bytes]".formatted(this.esp, this.body.length);
	}

}
