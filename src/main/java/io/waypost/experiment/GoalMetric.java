package io.waypost.experiment;

/**
 * What decides. Opens are none: machines open mail, and a subject that is opened more
 * often sells no more.
 */
public enum GoalMetric {

	/** A person clicked a link of the message. */
	CLICK,

	/** A person completed an order. */
	CONVERSION

}
