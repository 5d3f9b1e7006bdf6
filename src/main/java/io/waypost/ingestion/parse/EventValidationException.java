package io.waypost.ingestion.parse;

/**
 * An event is invalid. Thrown and caught while parsing one event.
 */
class EventValidationException extends Exception {

	private final String reason;

	private final String pointer;

	EventValidationException(String reason, String pointer, String detail) {
		// Without stack trace: invalid input must stay cheap
		super(detail, null, false, false);
		this.reason = reason;
		this.pointer = pointer;
	}

	/**
	 * Returns this with the pointer of a parent, so that pointers are built only for
	 * invalid events.
	 */
	EventValidationException withParent(String parent) {
		return new EventValidationException(this.reason, parent + this.pointer, String.valueOf(getMessage()));
	}

	EventParseResult.Rejected toRejected(RawEvent raw) {
		return new EventParseResult.Rejected(raw, this.reason, raw.pointer() + this.pointer,
				String.valueOf(getMessage()));
	}

}
