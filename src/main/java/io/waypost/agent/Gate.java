package io.waypost.agent;

import org.springframework.stereotype.Component;

/** Asks whether and when each message may be sent. */
@Component
public class Gate {

	/**
	 * Decides permission; a message without it is routed to STOP with its reason.
	 * @param batch the messages in hand
	 * @return the same messages, further on
	 */
	public Batch permit(Batch batch) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Decides quiet hours and frequency: CONTINUE, DEFER with the next window, or STOP.
	 * @param batch the messages in hand
	 * @return the same messages, further on
	 */
	public Batch throttle(Batch batch) {
		throw new UnsupportedOperationException();
	}

}
