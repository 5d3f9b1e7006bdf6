package io.waypost.consent;

/** Why an address gets no messages. */
public enum SuppressionReason {

	/** The mailbox does not exist. */
	HARD_BOUNCE,

	/** The person reported a message as spam. */
	COMPLAINT,

	/** The person unsubscribed from everything. */
	UNSUBSCRIBE,

	/** Added manually by staff. */
	MANUAL,

	/** The address is not deliverable. */
	INVALID,

	/** Its owner was erased; only an explicit opt-in lifts it. */
	ERASED

}
