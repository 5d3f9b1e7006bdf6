package io.waypost.delivery;

/** Where a send stands. The names are also the database values, in lower case. */
public enum SendStatus {

	/** Intended; nothing decided yet. */
	PLANNED,

	/** Must not be sent; the reason says why. */
	WITHHELD,

	/** Waits for a later window. */
	DEFERRED,

	/** Permitted, written and checked. */
	CLEARED,

	/** Waits for a person's review. */
	FLAGGED,

	/** Waits for the dispatcher. */
	QUEUED,

	/** A provider call is under way. */
	SUBMITTING,

	/** The provider took it. */
	ACCEPTED,

	/** The recipient's server took it. */
	DELIVERED,

	/** The recipient's server refused it. */
	BOUNCED,

	/** The recipient called it spam. */
	COMPLAINED,

	/** The provider dropped it. */
	DROPPED,

	/** The provider's answer was lost; waits to be reconciled, never blindly repeated. */
	UNKNOWN,

	/** Could not be reconciled; ended by the rule for its message class. */
	RESOLVED_BY_POLICY,

	/** Can never be sent; the reason says why. */
	DEAD

}
