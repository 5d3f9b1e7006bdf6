package io.waypost.experiment;

/** How people are allocated to the arms. */
public enum AllocationMode {

	/** By fixed weights for the whole test. */
	FIXED,

	/**
	 * By top-two Thompson sampling, which sends more people to arms that perform better.
	 * A uniform slice is kept apart; the test uses that slice only.
	 */
	THOMPSON

}
