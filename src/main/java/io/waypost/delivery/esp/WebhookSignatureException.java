package io.waypost.delivery.esp;

/** The signature of a webhook is missing or wrong. */
public class WebhookSignatureException extends RuntimeException {

	public WebhookSignatureException(String message) {
		super(message);
	}

}
