package io.waypost.delivery.esp;

/** A webhook whose signature does not prove that it came from the provider. */
public class WebhookSignatureException extends RuntimeException {

	public WebhookSignatureException(String message) {
		super(message);
	}

}
