package io.waypost.experiment;

import java.util.List;
import java.util.Map;

import io.waypost.experiment.Assignment.Role;
import io.waypost.experiment.stats.Adjusted;
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
record Count(Role role, String arm, long exposed, long matured, long clicks, long orders, Map<Harm, Long> harms,
		Adjusted money, long known, double cap) {

	boolean isHeldOut() {
		return this.role == Role.HOLDOUT || this.role == Role.GLOBAL_HOLDOUT;
	}

	Tally tally(Metric metric) {
		return new Tally(this.exposed, this.matured, (metric == Metric.CLICK) ? this.clicks : this.orders, this.harms);
	}

	/** People of several counts together. */
	static Adjusted money(List<Count> counts) {
		return new Adjusted(sum(counts.stream().map((count) -> count.money().metric()).toList()),
				sum(counts.stream().map((count) -> count.money().before()).toList()),
				counts.stream().mapToDouble((count) -> count.money().sumOfProducts()).sum());
	}

	private static Sample sum(List<Sample> samples) {
		return Sample.amounts(samples.stream().mapToLong(Sample::units).sum(),
				samples.stream().mapToDouble(Sample::sum).sum(),
				samples.stream().mapToDouble(Sample::sumOfSquares).sum());
	}

}
