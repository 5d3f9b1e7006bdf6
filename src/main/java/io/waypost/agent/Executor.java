package io.waypost.agent;

import org.springframework.stereotype.Component;

/** Writes the words of each message. */
@Component
public class Executor {

	/**
	 * Writes words from the plan; each call is one more attempt with other words.
	 * @param batch the messages in hand
	 * @return the same messages, further on
	 */
	public Batch write(Batch batch) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Writes the safe rule-based words that need no plan beyond the template.
	 * @param batch the messages in hand
	 * @return the same messages, further on
	 */
	public Batch writeFallback(Batch batch) {
		throw new UnsupportedOperationException();
	}

}
