package io.waypost.agent;

import org.springframework.stereotype.Component;

/** Plans what each message should say, from features and goal. */
@Component
public class Planner {

	/**
	 * Adds a content plan to each message; nothing left to say routes it to STOP.
	 * @param batch the messages in hand
	 * @return the same messages, further on
	 */
	public Batch plan(Batch batch) {
		throw new UnsupportedOperationException();
	}

}
