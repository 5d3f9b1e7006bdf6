package io.waypost.consent;

/** A person's answer to one topic. No answer means no consent. */
public enum ConsentStatus {

	/** The person opted in. */
	GRANTED,

	/** The person was asked and declined. */
	DENIED,

	/** The person withdrew an earlier consent. */
	REVOKED

}
