package io.waypost.experiment;

/**
 * What one person gets, and as what they count.
 *
 * @param role as what they count
 * @param arm what they get; of somebody held out, the default arm they do not get
 */
public record Assignment(AssignmentRole role, String arm) {

	/** As what a person counts. */
	public enum AssignmentRole {

		/** In the test: counts for the verdict. */
		TEST,

		/**
		 * In Thompson mode, outside of the uniform slice: gets the arm, counts for lift.
		 */
		ADAPTIVE,

		/** Not in the test: gets the default arm, or waits for the verdict. */
		OUTSIDE,

		/** After the conclusion: gets what was shipped, counts for lift. */
		ROLLOUT,

		/** Gets no message of this experiment, so that its lift can be measured. */
		HOLDOUT,

		/** Gets no marketing message at all this quarter. */
		GLOBAL_HOLDOUT

	}

	/**
	 * Whether the person gets no message.
	 * @return whether to record the exposure and send nothing
	 */
	public boolean heldOut() {
		return this.role == AssignmentRole.HOLDOUT || this.role == AssignmentRole.GLOBAL_HOLDOUT;
	}

}
