package io.waypost.experiment;

/**
 * Decision about an experiment. The names are those of GrowthBook's decision framework,
 * with INCONCLUSIVE added.
 */
public enum ExperimentDecision {

	/** Not significant yet, or not enough data. */
	KEEP_RUNNING,

	/**
	 * One arm is better than the default arm and breaks no guardrail: send it to
	 * everyone.
	 */
	SHIP,

	/** Every other arm is worse or breaks a guardrail: use the default arm. */
	ROLLBACK,

	/** Uneven split or a guardrail beyond its margin: a person has to decide. */
	REVIEW,

	/** The test is over without a significant result: the default arm stays. */
	INCONCLUSIVE;

	/**
	 * Whether the test ends with this decision.
	 * @return true when everyone gets the decided arm from then on
	 */
	public boolean isFinal() {
		return this == SHIP || this == ROLLBACK || this == INCONCLUSIVE;
	}

}
