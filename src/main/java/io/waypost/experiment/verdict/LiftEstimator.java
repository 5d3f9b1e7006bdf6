package io.waypost.experiment.verdict;

import java.util.List;
import java.util.Optional;

import io.waypost.experiment.Assignment.AssignmentRole;
import io.waypost.experiment.ExperimentDefinition;
import io.waypost.experiment.Lift;
import io.waypost.experiment.Lift.IncrementalTotal;
import io.waypost.experiment.measure.ExposureCounts;
import io.waypost.experiment.stats.ConfidenceSequence;
import io.waypost.experiment.stats.CupedSample;
import io.waypost.experiment.stats.Effect;
import io.waypost.experiment.stats.Interval;
import io.waypost.experiment.stats.Sample;

/**
 * Estimates lift: the difference between the means of treated people and the control
 * group, multiplied by the number of treated people.
 */
final class LiftEstimator {

	private final ExperimentDefinition definition;

	private final long minimumPeople;

	LiftEstimator(ExperimentDefinition definition, long minimumPeople) {
		this.definition = definition;
		this.minimumPeople = minimumPeople;
	}

	Optional<Lift> estimate(List<ExposureCounts> counts) {
		AssignmentRole basis = (this.definition.reach().holdout() > 0) ? AssignmentRole.HOLDOUT
				: AssignmentRole.GLOBAL_HOLDOUT;
		List<ExposureCounts> heldOut = counts.stream().filter((count) -> count.role() == basis).toList();
		List<ExposureCounts> treated = counts.stream().filter((count) -> !count.isHeldOut()).toList();
		if (people(heldOut) < this.minimumPeople || people(treated) < this.minimumPeople) {
			return Optional.empty();
		}
		boolean adjusted = isSpentBeforeKnown(heldOut) && isSpentBeforeKnown(treated);
		Optional<IncrementalTotal> orders = incremental(Effect.absolute(orders(heldOut), orders(treated)),
				people(treated));
		Optional<IncrementalTotal> revenue = incremental(revenueEffect(heldOut, treated, adjusted), people(treated));
		return orders.flatMap((moreOrders) -> revenue
			.map((moreRevenue) -> new Lift(basis, people(treated), people(heldOut), moreOrders, moreRevenue, adjusted,
					treated.getFirst().cap(), VerdictText.lift(moreOrders, moreRevenue))));
	}

	private static Optional<Effect> revenueEffect(List<ExposureCounts> heldOut, List<ExposureCounts> treated,
			boolean adjusted) {
		return adjusted ? CupedSample.absolute(ExposureCounts.revenue(heldOut), ExposureCounts.revenue(treated))
				: Effect.absolute(ExposureCounts.revenue(heldOut).metric(), ExposureCounts.revenue(treated).metric());
	}

	/**
	 * Without orders in one of the groups the variance is unknown, and so is the total.
	 */
	private Optional<IncrementalTotal> incremental(Optional<Effect> effect, long people) {
		ConfidenceSequence sequence = ConfidenceSequence.tuned(ArmComparisons.ALPHA, this.definition.plannedUsers());
		return effect.map((difference) -> {
			Interval interval = sequence.interval(difference, ArmComparisons.ALPHA).times(people);
			return new IncrementalTotal(difference.estimate() * people, interval, !interval.contains(0));
		});
	}

	private static Sample orders(List<ExposureCounts> counts) {
		return Sample.proportion(people(counts), counts.stream().mapToLong(ExposureCounts::orders).sum());
	}

	private static boolean isSpentBeforeKnown(List<ExposureCounts> counts) {
		return counts.stream().allMatch((count) -> count.spentBeforeKnown() == count.matured());
	}

	private static long people(List<ExposureCounts> counts) {
		return counts.stream().mapToLong(ExposureCounts::matured).sum();
	}

}
