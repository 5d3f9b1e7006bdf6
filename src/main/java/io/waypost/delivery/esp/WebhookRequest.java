package io.waypost.delivery.esp;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * A webhook as it came in, unread. The sandbox publishes one inside the process; all
 * others come by HTTP; both go the same way from here on.
 *
 * @param esp configured name of the provider
 * @param headers names in lower case
 * @param body exactly the bytes that were signed
 */
public record WebhookRequest(String esp, Map<String, String> headers, byte[] body) {

	public WebhookRequest {
		Map<String, String> lower = new TreeMap<>();
		headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
		headers = Map.copyOf(lower);
	}

	/**
	 * One header.
	 * @param name in any case
	 * @return its value, or null
	 */
	public @Nullable String header(String name) {
		return this.headers.get(name.toLowerCase(Locale.ROOT));
	}

	@Override
	public String toString() {
		return "WebhookPost[%s, %d bytes]".formatted(this.esp, this.body.length);
	}

}
