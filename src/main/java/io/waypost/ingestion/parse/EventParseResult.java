package io.waypost.ingestion.parse;

/** The result of parsing one event. */
public sealed interface EventParseResult {

	/** The event is valid. */
	record Parsed(ParsedEvent event) implements EventParseResult {
	}

	/**
	 * The event is invalid.
	 *
	 * @param raw the event as it was sent
	 * @param reason reason code
	 * @param pointer JSON pointer to the invalid value in the body
	 * @param detail what is wrong and how to fix it; no personal data
	 */
	record Rejected(RawEvent raw, String reason, String pointer, String detail) implements EventParseResult {
	}

}
