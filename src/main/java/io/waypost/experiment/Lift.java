package io.waypost.experiment;

import io.waypost.experiment.stats.Interval;

/**
 * What the messages brought that would not have come anyway: the people who were sent
 * something beside those who were held out. Intervals are always valid.
 *
 * @param basis who is compared with: {@code HOLDOUT} or {@code GLOBAL_HOLDOUT}
 * @param treated matured people who were sent something
 * @param heldOut matured people who were not
 * @param orders additional people who bought, over all treated
 * @param revenue additional revenue, over all treated
 * @param adjusted whether revenue is adjusted for what people spent before (CUPED)
 * @param cap the amount above which a person's revenue counts no more (99.5th percentile
 * of buyers), 0 without orders
 * @param sentence the same in plain language
 */
public record Lift(Assignment.AssignmentRole basis, long treated, long heldOut, IncrementalTotal orders,
		IncrementalTotal revenue, boolean adjusted, double cap, String sentence) {

	/**
	 * A total with its uncertainty.
	 *
	 * @param total estimate
	 * @param interval where the true total is
	 * @param distinguishable whether the interval leaves out 0
	 */
	public record IncrementalTotal(double total, Interval interval, boolean distinguishable) {

	}

}
