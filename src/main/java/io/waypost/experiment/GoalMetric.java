package io.waypost.experiment;

/**
 * Metric that decides an experiment. Opens are not offered: mail proxies open messages,
 * and a subject line with more opens does not sell more.
 */
public enum GoalMetric {

	/** The person clicked a link of the message. */
	CLICK,

	/** The person completed an order. */
	CONVERSION

}
