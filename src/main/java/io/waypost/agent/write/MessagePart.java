package io.waypost.agent.write;

/** Texts of a message. An outline says which of them the body has, and in which order. */
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

	/** What the facts say about the first product. */
	PRODUCT,

	/** Advice on the first product. */
	TIP,

	/** A promise, a thank-you or another argument that a fact supports. */
	PROOF,

	/** Introduces all products. */
	ITEMS,

	/** Introduces the products after the first. */
	MORE,

	/** Label of the link to the shop. */
	SITE_LINK,

	/** Label of the link to the second product. */
	SECOND_LINK,

	/** Label of the link to the page that proves a promise. */
	PROMISE_LINK,

	/** Label of the button. */
	ACTION,

	/** Closing line. */
	CLOSING;

	/** Whether the part is omitted when no fragment is eligible. */
	boolean optional() {
		return switch (this) {
			case PRODUCT, TIP, PROOF, ITEMS, MORE, SITE_LINK, SECOND_LINK, PROMISE_LINK -> true;
			default -> false;
		};
	}

}
