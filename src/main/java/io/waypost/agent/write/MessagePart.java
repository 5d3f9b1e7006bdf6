package io.waypost.agent.write;

/** Parts of a message in reading order. */
enum MessagePart {

	/** Subject line. */
	SUBJECT,

	/** Preview text after the subject line. */
	PREHEADER,

	/** Headline of the body. */
	HEADLINE,

	/** Greeting. */
	OPENING,

	/** Reason for the message. */
	HOOK,

	/** The code of an offer; omitted without one. */
	CODE,

	/** The terms of an offer; omitted without one. */
	TERMS,

	/** Evidence; omitted without a fact that supports it. */
	PROOF,

	/** Introduces the products; omitted without products. */
	ITEMS,

	/** Label of the button. */
	ACTION,

	/** Closing line. */
	CLOSING;

	/** Whether the part is omitted when no fragment is eligible. */
	boolean optional() {
		return this == PROOF || this == ITEMS || this == CODE || this == TERMS;
	}

}
