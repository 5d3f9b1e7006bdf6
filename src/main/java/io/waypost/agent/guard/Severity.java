package io.waypost.agent.guard;

/**
 * Severity of a finding, in ascending order. The decision table review-required uses the
 * names in lower case.
 */
public enum Severity {

	/** For information. */
	INFO,

	/** May need a review. */
	WARNING,

	/** Must not be sent without a review. */
	SEVERE,

	/** Must never be sent. */
	BLOCKING

}
