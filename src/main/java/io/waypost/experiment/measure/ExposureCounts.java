package io.waypost.experiment.measure;

import java.util.List;
import java.util.Map;

import io.waypost.experiment.Assignment.AssignmentRole;
import io.waypost.experiment.GoalMetric;
import io.waypost.experiment.GuardrailMetric;
import io.waypost.experiment.stats.CupedSample;
import io.waypost.experiment.stats.Sample;

/**
 * What one look counts of those with one role and one arm; all but the first number are
 * of matured people.
 *
 * @param role as what they count
 * @param arm what they got
 * @param exposed people
 * @param matured whose window is over
 * @param clicks people who clicked
 * @param orders people who bought
 * @param harms people to whom a harm happened
 * @param money what they spent, with what they had spent before
 * @param known of how many people it is known what they had spent before
 * @param cap above which revenue counts no more
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

	/** People of several counts together. */
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
