package io.waypost.delivery.esp;

/** An e-mail service provider. */
public interface Esp {

	/**
	 * Returns the configured name, unique in the installation.
	 * @return for example {@code sandbox}
	 */
	String name();

	/**
	 * Makes exactly one attempt, without retries and within a bounded time.
	 * @param email message to submit
	 * @return the outcome; never throws for an answer or a network fault
	 */
	SubmitOutcome submit(OutboundEmail email);

}
