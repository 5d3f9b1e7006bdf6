package io.waypost.delivery.esp;

import java.util.List;

/** Verifies and parses the webhooks of a provider. */
public interface EspWebhookParser {

	/**
	 * Verifies the signature of the raw body and then parses it.
	 * @param post headers and raw body
	 * @return the events, in the provider's order
	 * @throws WebhookSignatureException when the signature is missing or wrong
	 * @throws IllegalArgumentException when a body with a valid signature is not in the
	 * provider's documented format
	 */
	List<EspEvent> parse(WebhookRequest post);

}
