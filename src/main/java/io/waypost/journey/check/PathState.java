package io.waypost.journey.check;

/**
 * What a message has behind it at one point of a path.
 *
 * @param permitted permission was decided
 * @param inspected the words as they are now were inspected
 * @param reviewed the words were inspected before a review that may have changed them
 */
record PathState(boolean permitted, boolean inspected, boolean reviewed) {

	static final PathState NONE = new PathState(false, false, false);

	PathState afterPermission() {
		return new PathState(true, this.inspected, this.reviewed);
	}

	PathState afterInspection() {
		return new PathState(this.permitted, true, false);
	}

	/** Other words: what was inspected is gone. */
	PathState afterWriting() {
		return new PathState(this.permitted, false, false);
	}

	/** Maybe other words: only an approval keeps what was inspected. */
	PathState afterReview() {
		return new PathState(this.permitted, false, this.inspected);
	}

	PathState afterApproval() {
		return new PathState(this.permitted, this.inspected || this.reviewed, false);
	}

}
