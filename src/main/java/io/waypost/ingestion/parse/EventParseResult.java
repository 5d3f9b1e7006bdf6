package io.waypost.ingestion.parse;

/** What came of reading one raw event. */
public sealed interface EventParseResult {

	/** It can be taken in. */
	record Parsed(ParsedEvent event) implements EventParseResult {
	}

	/**
	 * It cannot.
	 *
	 * @param raw what was sent
	 * @param reason code
	 * @param pointer JSON pointer to the offending value in the body
	 * @param detail what is wrong and how to mend it; no personal data
	 */
	record Rejected(RawEvent raw, String reason, String pointer, String detail) implements EventParseResult {
	}

}
