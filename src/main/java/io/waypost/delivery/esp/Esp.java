package io.waypost.delivery.esp;

/** An e-mail service provider. */
public interface Esp {

	/**
	 * The configured name, unique in the installation.
	 * @return for example {@code sandbox}
	 */
	String name();

	/**
	 * Makes exactly one attempt, without retries of its own and with a bounded time.
	 * @param email what to send
	 * @return what came of it; never throws for an answer or a network fault
	 */
	SubmitOutcome submit(OutboundEmail email);

}
