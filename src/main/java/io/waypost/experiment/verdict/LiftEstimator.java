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
 * Measures what the messages brought: the difference of the means of those who were sent
 * something and those held out, times the number of the former.
 */
final class LiftEstimator {

	private final ExperimentDefinition definition;

	private final long minimumUsers;

	LiftEstimator(ExperimentDefinition definition, long minimumUsers) {
		this.definition = definition;
		this.minimumUsers = minimumUsers;
	}

	Optional<Lift> estimate(List<ExposureCounts> counts) {
		AssignmentRole basis = (this.definition.reach().holdout() > 0) ? AssignmentRole.HOLDOUT
				: AssignmentRole.GLOBAL_HOLDOUT;
		List<ExposureCounts> heldOut = counts.stream().filter((count) -> count.role() == basis).toList();
		List<ExposureCounts> treated = counts.stream().filter((count) -> !count.isHeldOut()).toList();
		if (people(heldOut) < this.minimumUsers || people(treated) < this.minimumUsers) {
			return Optional.empty();
		}
		boolean adjusted = isKnown(heldOut) && isKnown(treated);
		Optional<IncrementalTotal> orders = gain(Effect.absolute(orders(heldOut), orders(treated)), people(treated));
		Optional<IncrementalTotal> revenue = gain(money(heldOut, treated, adjusted), people(treated));
		return orders.flatMap((more) -> revenue.map((money) -> new Lift(basis, people(treated), people(heldOut), more,
				money, adjusted, treated.getFirst().cap(), VerdictText.lift(more, money))));
	}

	private static Optional<Effect> money(List<ExposureCounts> heldOut, List<ExposureCounts> treated,
			boolean adjusted) {
		return adjusted ? CupedSample.absolute(ExposureCounts.revenue(heldOut), ExposureCounts.revenue(treated))
				: Effect.absolute(ExposureCounts.revenue(heldOut).metric(), ExposureCounts.revenue(treated).metric());
	}

	/**
	 * While nobody on one side bought, the uncertainty is unknown, and so is the gain.
	 */
	private Optional<IncrementalTotal> gain(Optional<Effect> effect, long people) {
		ConfidenceSequence sequence = ConfidenceSequence.tuned(ArmComparisons.ALPHA, this.definition.plannedUsers());
		return effect.map((difference) -> {
			Interval interval = sequence.interval(difference, ArmComparisons.ALPHA).times(people);
			return new IncrementalTotal(difference.estimate() * people, interval, !interval.contains(0));
		});
	}

	private static Sample orders(List<ExposureCounts> counts) {
		return Sample.proportion(people(counts), counts.stream().mapToLong(ExposureCounts::orders).sum());
	}

	private static boolean isKnown(List<ExposureCounts> counts) {
		return counts.stream().allMatch((count) -> count.spentBeforeKnown() == count.matured());
	}

	private static long people(List<ExposureCounts> counts) {
		return counts.stream().mapToLong(ExposureCounts::matured).sum();
	}

}
