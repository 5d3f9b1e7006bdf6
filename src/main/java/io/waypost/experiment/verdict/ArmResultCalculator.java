package io.waypost.experiment.verdict;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.waypost.experiment.ExperimentArmResult;
import io.waypost.experiment.ExperimentArmResult.ArmComparison;
import io.waypost.experiment.ExperimentArmResult.GuardrailMetricResult;
import io.waypost.experiment.assign.ExperimentPhase;
import io.waypost.experiment.measure.ArmTotals;
import io.waypost.experiment.stats.BetaPosterior;
import io.waypost.experiment.stats.Effect;
import org.jspecify.annotations.Nullable;

/** Puts the numbers of one look together for people. */
final class ArmResultCalculator {

	private final ExperimentPhase trial;

	private final ExperimentSnapshot standing;

	private final ArmComparisons comparisons;

	ArmResultCalculator(ExperimentPhase trial, ExperimentSnapshot standing) {
		this.trial = trial;
		this.standing = standing;
		this.comparisons = new ArmComparisons(standing);
	}

	double sampleRatioP() {
		return this.comparisons.sampleRatioP();
	}

	List<ExperimentArmResult> results() {
		List<Challenger> challengers = this.comparisons.challengers();
		double[] shares = this.trial.currentShares();
		double[] chances = BetaPosterior.chancesToBeBest(this.standing.totals()
			.stream()
			.map((tally) -> BetaPosterior.uniformPrior(tally.conversions(), tally.matured()))
			.toList());
		List<ExperimentArmResult> readings = new ArrayList<>();
		for (int place = 0; place < shares.length; place++) {
			String arm = this.standing.definition().arms().get(place).key();
			ArmTotals tally = this.standing.totals().get(place);
			readings
				.add(new ExperimentArmResult(arm, shares[place], tally.exposed(), tally.matured(), tally.conversions(),
						tally.metric().mean(), chances[place], comparison(arm, challengers), guardrails(arm, tally)));
		}
		return readings;
	}

	private @Nullable ArmComparison comparison(String arm, List<Challenger> challengers) {
		return challengers.stream()
			.filter((one) -> one.arm().equals(arm))
			.findFirst()
			.map(this::comparison)
			.orElse(null);
	}

	private ArmComparison comparison(Challenger challenger) {
		Optional<Effect> lift = this.comparisons.lift(challenger.arm());
		return new ArmComparison(challenger.effect().estimate(), challenger.interval(),
				lift.map(Effect::estimate).orElse(null),
				lift.map((effect) -> this.comparisons.sequence().interval(effect, this.comparisons.alpha()))
					.orElse(null),
				challenger.adjustedP());
	}

	private List<GuardrailMetricResult> guardrails(String arm, ArmTotals tally) {
		return this.standing.definition()
			.guardrails()
			.stream()
			.map((guardrail) -> new GuardrailMetricResult(guardrail.harm(), tally.count(guardrail.harm()),
					tally.harm(guardrail.harm()).mean(), guardrail.margin(),
					this.comparisons.guardrail(arm, guardrail)))
			.toList();
	}

}
