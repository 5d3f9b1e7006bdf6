package io.waypost.agent;

import org.springframework.stereotype.Component;

/**
 * Finds personal data, false facts, foreign links, unfilled slots and missing legal
 * parts.
 */
@Component
public class Guardrail {

	/**
	 * Inspects each message and routes it by the review-required table: CONTINUE, REVIEW,
	 * FALLBACK or STOP.
	 * @param batch the messages in hand
	 * @return the same messages, further on
	 */
	public Batch inspect(Batch batch) {
		throw new UnsupportedOperationException();
	}

}
