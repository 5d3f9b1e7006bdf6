package io.waypost.delivery.esp;

/** A webhook whose signature does not prove that it came from the provider. */
public class ForgedWebhook extends RuntimeException {

	public ForgedWebhook(String message) {
		super(message);
	}

}
