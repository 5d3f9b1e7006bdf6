package io.waypost.agent.write;

/** Parts of a message, in the order they are read. */
enum MessagePart {

	/** Subject line. */
	SUBJECT,

	/** Preview text behind the subject. */
	PREHEADER,

	/** First line of the message. */
	HEADLINE,

	/** Greeting. */
	OPENING,

	/** Why we write. */
	HOOK,

	/** A reason to believe it, left out where no fact carries one. */
	PROOF,

	/** Leads to the products, left out where there are none. */
	ITEMS,

	/** Label of the button. */
	ACTION,

	/** Last words. */
	CLOSING;

	/** Whether a message does without it when no fragment fits. */
	boolean optional() {
		return this == PROOF || this == ITEMS;
	}

}
