package io.waypost.consent;

/** A person's answer for one topic. No answer is no consent. */
public enum ConsentStatus {

	/** Said yes. */
	GRANTED,

	/** Was asked and said no. */
	DENIED,

	/** Took an earlier yes back. */
	REVOKED

}
