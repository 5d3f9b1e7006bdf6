package io.waypost.ingestion;

/** What came of reading one raw event. */
sealed interface Reading {

	/** It can be taken in. */
	record Readable(Incoming event) implements Reading {
	}

	/**
	 * It cannot.
	 *
	 * @param raw what was sent
	 * @param reason code
	 * @param pointer JSON pointer to the offending value in the body
	 * @param detail what is wrong and how to mend it; no personal data
	 */
	record Unreadable(RawEvent raw, String reason, String pointer, String detail) implements Reading {
	}

}
