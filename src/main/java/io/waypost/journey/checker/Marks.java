package io.waypost.journey.checker;

/**
 * What a message has behind it at one point of a path.
 *
 * @param permitted permission was decided
 * @param inspected the words as they are now were inspected
 * @param reviewed the words were inspected before a review that may have changed them
 */
record Marks(boolean permitted, boolean inspected, boolean reviewed) {

	static final Marks NONE = new Marks(false, false, false);

	Marks afterPermission() {
		return new Marks(true, this.inspected, this.reviewed);
	}

	Marks afterInspection() {
		return new Marks(this.permitted, true, false);
	}

	/** Other words: what was inspected is gone. */
	Marks afterWriting() {
		return new Marks(this.permitted, false, false);
	}

	/** Maybe other words: only an approval keeps what was inspected. */
	Marks afterReview() {
		return new Marks(this.permitted, false, this.inspected);
	}

	Marks afterApproval() {
		return new Marks(this.permitted, this.inspected || this.reviewed, false);
	}

}
