package io.waypost.ingestion.parse;

/**
 * Why an event cannot be taken in. Thrown while reading one event, caught around it.
 */
class EventValidationException extends Exception {

	private final String reason;

	private final String pointer;

	EventValidationException(String reason, String pointer, String detail) {
		// Reading bad input must stay cheap: no stack trace
		super(detail, null, false, false);
		this.reason = reason;
		this.pointer = pointer;
	}

	/**
	 * The same defect as seen from one level up, so that only a defect costs a pointer.
	 */
	EventValidationException withParent(String parent) {
		return new EventValidationException(this.reason, parent + this.pointer, String.valueOf(getMessage()));
	}

	EventParseResult.Rejected toRejected(RawEvent raw) {
		return new EventParseResult.Rejected(raw, this.reason, raw.pointer() + this.pointer,
				String.valueOf(getMessage()));
	}

}
