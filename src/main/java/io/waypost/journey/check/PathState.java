package io.waypost.journey.check;

/**
 * What is known of a message at one point of a path.
 *
 * @param permitted permission was decided
 * @param inspected the content as it is now was inspected
 * @param reviewed the content was inspected before a review that may have changed it
 */
record PathState(boolean permitted, boolean inspected, boolean reviewed) {

	static final PathState NONE = new PathState(false, false, false);

	PathState afterPermission() {
		return new PathState(true, this.inspected, this.reviewed);
	}

	PathState afterInspection() {
		return new PathState(this.permitted, true, false);
	}

	/** The content is new and not inspected. */
	PathState afterWriting() {
		return new PathState(this.permitted, false, false);
	}

	/** The content may be new: only an approval keeps the inspection. */
	PathState afterReview() {
		return new PathState(this.permitted, false, this.inspected);
	}

	PathState afterApproval() {
		return new PathState(this.permitted, this.inspected || this.reviewed, false);
	}

}
