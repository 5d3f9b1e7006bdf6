package io.waypost.experiment.measure;

import java.util.List;
import java.util.Map;

import io.waypost.experiment.Assignment.AssignmentRole;
import io.waypost.experiment.GoalMetric;
import io.waypost.experiment.GuardrailMetric;
import io.waypost.experiment.stats.CupedSample;
import io.waypost.experiment.stats.Sample;

/**
 * Counts of the people with one role and one arm, in one analysis. All counts except
 * exposed are of matured people.
 *
 * @param role how the people are counted
 * @param arm key of the arm
 * @param exposed people with an exposure
 * @param matured people whose conversion window is over
 * @param clicks people who clicked
 * @param orders people who bought
 * @param harms people with an event of a guardrail metric
 * @param revenue their revenue, with earlier spending as covariate
 * @param spentBeforeKnown number of people whose earlier spending is known
 * @param cap maximum revenue that counts per person
 */
public record ExposureCounts(AssignmentRole role, String arm, long exposed, long matured, long clicks, long orders,
		Map<GuardrailMetric, Long> harms, CupedSample revenue, long spentBeforeKnown, double cap) {

	public boolean isHeldOut() {
		return this.role == AssignmentRole.HOLDOUT || this.role == AssignmentRole.GLOBAL_HOLDOUT;
	}

	public ArmTotals totals(GoalMetric metric) {
		return new ArmTotals(this.exposed, this.matured, (metric == GoalMetric.CLICK) ? this.clicks : this.orders,
				this.harms);
	}

	/** Sums the revenue of several groups. */
	public static CupedSample revenue(List<ExposureCounts> counts) {
		return new CupedSample(sum(counts.stream().map((count) -> count.revenue().metric()).toList()),
				sum(counts.stream().map((count) -> count.revenue().covariate()).toList()),
				counts.stream().mapToDouble((count) -> count.revenue().sumOfProducts()).sum());
	}

	private static Sample sum(List<Sample> samples) {
		return Sample.amounts(samples.stream().mapToLong(Sample::units).sum(),
				samples.stream().mapToDouble(Sample::sum).sum(),
				samples.stream().mapToDouble(Sample::sumOfSquares).sum());
	}

}
