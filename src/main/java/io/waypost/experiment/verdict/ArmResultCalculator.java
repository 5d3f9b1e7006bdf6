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

/** Calculates the results of all arms from a snapshot. */
final class ArmResultCalculator {

	private final ExperimentPhase phase;

	private final ExperimentSnapshot snapshot;

	private final ArmComparisons comparisons;

	ArmResultCalculator(ExperimentPhase phase, ExperimentSnapshot snapshot) {
		this.phase = phase;
		this.snapshot = snapshot;
		this.comparisons = new ArmComparisons(snapshot);
	}

	double sampleRatioP() {
		return this.comparisons.sampleRatioP();
	}

	List<ExperimentArmResult> results() {
		List<Challenger> challengers = this.comparisons.challengers();
		double[] shares = this.phase.currentShares();
		double[] chances = BetaPosterior.chancesToBeBest(this.snapshot.totals()
			.stream()
			.map((totals) -> BetaPosterior.uniformPrior(totals.conversions(), totals.matured()))
			.toList());
		List<ExperimentArmResult> results = new ArrayList<>();
		for (int index = 0; index < shares.length; index++) {
			String arm = this.snapshot.definition().arms().get(index).key();
			ArmTotals totals = this.snapshot.totals().get(index);
			results.add(new ExperimentArmResult(arm, shares[index], totals.exposed(), totals.matured(),
					totals.conversions(), totals.metric().mean(), chances[index], comparison(arm, challengers),
					guardrails(arm, totals)));
		}
		return results;
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

	private List<GuardrailMetricResult> guardrails(String arm, ArmTotals totals) {
		return this.snapshot.definition()
			.guardrails()
			.stream()
			.map((guardrail) -> new GuardrailMetricResult(guardrail.harm(), totals.count(guardrail.harm()),
					totals.harm(guardrail.harm()).mean(), guardrail.margin(),
					this.comparisons.guardrail(arm, guardrail)))
			.toList();
	}

}
