package io.waypost.experiment;

/** How people are spread over the arms. */
public enum AllocationMode {

	/** By fixed weights, for as long as the test runs. */
	FIXED,

	/**
	 * By top-two Thompson sampling, which sends more people to what seems to work. A
	 * uniform slice stays apart, and the test rests on that slice alone.
	 */
	THOMPSON

}
