package io.waypost.experiment;

/** What to do (names of GrowthBook's decision framework, and one for an honest shrug). */
public enum ExperimentDecision {

	/** Not yet clear, or not yet enough. */
	KEEP_RUNNING,

	/** An arm is better than the default one and harms nothing: send it to everybody. */
	SHIP,

	/** Every other arm is worse or does harm: back to the default one. */
	ROLLBACK,

	/** Something does not add up; a person must look before anything is shipped. */
	REVIEW,

	/** The time is over and nothing is clear: the default arm stays. */
	INCONCLUSIVE;

	/**
	 * Whether the test ends with it.
	 * @return whether everybody gets its arm from then on
	 */
	public boolean isFinal() {
		return this == SHIP || this == ROLLBACK || this == INCONCLUSIVE;
	}

}
