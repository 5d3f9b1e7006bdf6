package io.waypost.delivery.esp;

import java.time.Duration;
import java.util.List;

/**
 * Simulates recipients of the sandbox. The sandbox reports their opens and clicks as a
 * provider would. Without a bean of this type there are no opens or clicks.
 */
public interface SandboxRecipients {

	/**
	 * Returns what the recipient does with a delivered message.
	 * @param email the message
	 * @return opens and clicks in the order of time; empty when the message is not opened
	 */
	List<SimulatedEvent> react(OutboundEmail email);

	/**
	 * An open or a click.
	 *
	 * @param type type of the event
	 * @param after time since the delivery
	 */
	record SimulatedEvent(EspEvent.Type type, Duration after) {

	}

}
