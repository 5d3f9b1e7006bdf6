package io.waypost.experiment;

import io.waypost.experiment.stats.Interval;

/**
 * Lift vs the control group: incremental orders and revenue of the people who were sent a
 * message. The confidence intervals are always valid.
 *
 * @param basis the control group: {@code HOLDOUT} or {@code GLOBAL_HOLDOUT}
 * @param treated matured people who were sent a message
 * @param heldOut matured people of the control group
 * @param orders incremental number of buyers among all treated people
 * @param revenue incremental revenue of all treated people
 * @param adjusted whether revenue is adjusted for earlier spending (CUPED)
 * @param cap maximum revenue that counts per person (99.5th percentile of buyers), 0
 * without orders
 * @param sentence summary in plain language
 */
public record Lift(Assignment.AssignmentRole basis, long treated, long heldOut, IncrementalTotal orders,
		IncrementalTotal revenue, boolean adjusted, double cap, String sentence) {

	/**
	 * An incremental total.
	 *
	 * @param total estimate
	 * @param interval confidence interval
	 * @param distinguishable whether the interval excludes 0
	 */
	public record IncrementalTotal(double total, Interval interval, boolean distinguishable) {

	}

}
