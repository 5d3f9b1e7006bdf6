package io.waypost.consent;

/** Why an address gets no messages. */
public enum SuppressionReason {

	/** The mailbox does not exist. */
	HARD_BOUNCE,

	/** The person called a message spam. */
	COMPLAINT,

	/** The person unsubscribed from everything. */
	UNSUBSCRIBE,

	/** Somebody entered it by hand. */
	MANUAL,

	/** It is no deliverable address. */
	INVALID,

	/** Its owner was erased: an import must not bring it back. */
	ERASED

}
