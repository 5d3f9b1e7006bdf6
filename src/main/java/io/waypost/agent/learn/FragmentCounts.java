package io.waypost.agent.learn;

/**
 * Weighted numbers of messages of one fragment, or of all fragments of a goal.
 *
 * @param messages delivered messages
 * @param clicks messages with a click of a person
 * @param unsubscribes messages with an unsubscribe
 * @param complaints messages that were reported as spam
 */
record FragmentCounts(double messages, double clicks, double unsubscribes, double complaints) {

	static final FragmentCounts NONE = new FragmentCounts(0, 0, 0, 0);

	/** An unsubscribe loses a recipient of all later messages. */
	private static final double CLICKS_PER_UNSUBSCRIBE = 3;

	/** Complaints also hurt the delivery to others. */
	private static final double CLICKS_PER_COMPLAINT = 10;

	/** Returns the clicks, less what unsubscribes and complaints cost. */
	double successes() {
		double successes = this.clicks - CLICKS_PER_UNSUBSCRIBE * this.unsubscribes
				- CLICKS_PER_COMPLAINT * this.complaints;
		return Math.clamp(successes, 0, this.messages);
	}

	FragmentCounts plus(FragmentCounts other) {
		return new FragmentCounts(this.messages + other.messages, this.clicks + other.clicks,
				this.unsubscribes + other.unsubscribes, this.complaints + other.complaints);
	}

}
