package io.waypost.delivery.esp;

import java.util.List;

/** Reads what a provider posts about messages it took. */
public interface EspWebhook {

	/**
	 * Verifies the signature over the raw body and only then parses it.
	 * @param post headers and raw body
	 * @return what it reports, in the provider's order
	 * @throws ForgedWebhook when the signature is missing or wrong
	 * @throws IllegalArgumentException when a genuine body is not what the provider
	 * documents
	 */
	List<EspReport> read(WebhookPost post);

}
