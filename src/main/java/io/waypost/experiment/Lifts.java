package io.waypost.experiment;

import java.util.List;
import java.util.Optional;

import io.waypost.experiment.Assignment.Role;
import io.waypost.experiment.Lift.Gain;
import io.waypost.experiment.stats.Adjusted;
import io.waypost.experiment.stats.ConfidenceSequence;
import io.waypost.experiment.stats.Effect;
import io.waypost.experiment.stats.Interval;
import io.waypost.experiment.stats.Sample;

/**
 * Measures what the messages brought: the difference of the means of those who were sent
 * something and those held out, times the number of the former.
 */
final class Lifts {

	private final Definition definition;

	private final long minimumUsers;

	Lifts(Definition definition, long minimumUsers) {
		this.definition = definition;
		this.minimumUsers = minimumUsers;
	}

	Optional<Lift> measure(List<Count> counts) {
		Role basis = (this.definition.reach().holdout() > 0) ? Role.HOLDOUT : Role.GLOBAL_HOLDOUT;
		List<Count> heldOut = counts.stream().filter((count) -> count.role() == basis).toList();
		List<Count> treated = counts.stream().filter((count) -> !count.isHeldOut()).toList();
		if (people(heldOut) < this.minimumUsers || people(treated) < this.minimumUsers) {
			return Optional.empty();
		}
		boolean adjusted = isKnown(heldOut) && isKnown(treated);
		Optional<Gain> orders = gain(Effect.absolute(orders(heldOut), orders(treated)), people(treated));
		Optional<Gain> revenue = gain(money(heldOut, treated, adjusted), people(treated));
		return orders.flatMap((more) -> revenue.map((money) -> new Lift(basis, people(treated), people(heldOut), more,
				money, adjusted, treated.getFirst().cap(), Sentences.lift(more, money))));
	}

	private static Optional<Effect> money(List<Count> heldOut, List<Count> treated, boolean adjusted) {
		return adjusted ? Adjusted.absolute(Count.money(heldOut), Count.money(treated))
				: Effect.absolute(Count.money(heldOut).metric(), Count.money(treated).metric());
	}

	/**
	 * While nobody on one side bought, the uncertainty is unknown, and so is the gain.
	 */
	private Optional<Gain> gain(Optional<Effect> effect, long people) {
		ConfidenceSequence sequence = ConfidenceSequence.tuned(Comparisons.ALPHA, this.definition.plannedUsers());
		return effect.map((difference) -> {
			Interval interval = sequence.interval(difference, Comparisons.ALPHA).times(people);
			return new Gain(difference.estimate() * people, interval, !interval.contains(0));
		});
	}

	private static Sample orders(List<Count> counts) {
		return Sample.proportion(people(counts), counts.stream().mapToLong(Count::orders).sum());
	}

	private static boolean isKnown(List<Count> counts) {
		return counts.stream().allMatch((count) -> count.known() == count.matured());
	}

	private static long people(List<Count> counts) {
		return counts.stream().mapToLong(Count::matured).sum();
	}

}
