package io.waypost.agent;

import org.springframework.stereotype.Component;

/** Scores quality and relevance of the words and says why. */
@Component
public class Evaluator {

	/**
	 * Scores each message and routes it by the fallback table: CONTINUE, REGENERATE,
	 * REVIEW or FALLBACK.
	 * @param batch the messages in hand
	 * @return the same messages, further on
	 */
	public Batch evaluate(Batch batch) {
		throw new UnsupportedOperationException();
	}

}
