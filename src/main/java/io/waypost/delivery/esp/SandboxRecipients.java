package io.waypost.delivery.esp;

import java.time.Duration;
import java.util.List;

/**
 * The made-up people who read what the sandbox was given. The sandbox reports what they
 * do as a provider would; without a bean of this type nobody reads.
 */
public interface SandboxRecipients {

	/**
	 * What a reader does with a message after it was delivered.
	 * @param email the message
	 * @return opens and clicks in the order of time; none when it is left unread
	 */
	List<SimulatedEvent> react(OutboundEmail email);

	/**
	 * An open or a click.
	 *
	 * @param kind which
	 * @param after how long after the delivery
	 */
	record SimulatedEvent(EspEvent.Type type, Duration after) {

	}

}
