package io.waypost.ingestion;

/**
 * Why an event cannot be taken in. Thrown while reading one event, caught around it.
 */
class Defect extends Exception {

	private final String reason;

	private final String pointer;

	Defect(String reason, String pointer, String detail) {
		// Reading bad input must stay cheap: no stack trace
		super(detail, null, false, false);
		this.reason = reason;
		this.pointer = pointer;
	}

	/**
	 * The same defect as seen from one level up, so that only a defect costs a pointer.
	 */
	Defect under(String parent) {
		return new Defect(this.reason, parent + this.pointer, String.valueOf(getMessage()));
	}

	Reading.Unreadable in(RawEvent raw) {
		return new Reading.Unreadable(raw, this.reason, raw.pointer() + this.pointer, String.valueOf(getMessage()));
	}

}
