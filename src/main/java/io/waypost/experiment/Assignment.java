package io.waypost.experiment;

/**
 * Assignment of a person to an arm.
 *
 * @param role how the person is counted
 * @param arm the assigned arm; for people held out, the default arm, which they do not
 * get
 */
public record Assignment(AssignmentRole role, String arm) {

	/** How a person is counted. */
	public enum AssignmentRole {

		/** In the test: counts for the decision. */
		TEST,

		/**
		 * In Thompson mode, outside the uniform slice: gets the arm and counts for lift
		 * only.
		 */
		ADAPTIVE,

		/** Not in the test: gets the default arm or waits for the winner. */
		OUTSIDE,

		/** After the conclusion: gets the winner and counts for lift only. */
		ROLLOUT,

		/** Control group of this experiment: gets no message, used to measure lift. */
		HOLDOUT,

		/** Global control group: gets no campaign message this quarter. */
		GLOBAL_HOLDOUT

	}

	/**
	 * Whether the person is in a control group.
	 * @return true when the exposure is recorded but no message is sent
	 */
	public boolean heldOut() {
		return this.role == AssignmentRole.HOLDOUT || this.role == AssignmentRole.GLOBAL_HOLDOUT;
	}

}
