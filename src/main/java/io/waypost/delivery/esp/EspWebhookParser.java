package io.waypost.delivery.esp;

import java.util.List;

/** Reads what a provider posts about messages it took. */
public interface EspWebhookParser {

	/**
	 * Verifies the signature over the raw body and only then parses it.
	 * @param post headers and raw body
	 * @return what it reports, in the provider's order
	 * @throws WebhookSignatureException when the signature is missing or wrong
	 * @throws IllegalArgumentException when a genuine body is not what the provider
	 * documents
	 */
	List<EspEvent> parse(WebhookRequest post);

}
