package io.waypost.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.waypost.experiment.ArmReading.Comparison;
import io.waypost.experiment.ArmReading.GuardrailReading;
import io.waypost.experiment.stats.BetaPosterior;
import io.waypost.experiment.stats.Effect;
import org.jspecify.annotations.Nullable;

/** Puts the numbers of one look together for people. */
final class Readings {

	private final Trial trial;

	private final Standing standing;

	private final Comparisons comparisons;

	Readings(Trial trial, Standing standing) {
		this.trial = trial;
		this.standing = standing;
		this.comparisons = new Comparisons(standing);
	}

	double sampleRatioP() {
		return this.comparisons.sampleRatioP();
	}

	List<ArmReading> arms() {
		List<Challenger> challengers = this.comparisons.challengers();
		double[] shares = this.trial.currentShares();
		double[] chances = BetaPosterior.chancesToBeBest(this.standing.tallies()
			.stream()
			.map((tally) -> BetaPosterior.uniformPrior(tally.conversions(), tally.matured()))
			.toList());
		List<ArmReading> readings = new ArrayList<>();
		for (int place = 0; place < shares.length; place++) {
			String arm = this.standing.definition().arms().get(place).key();
			Tally tally = this.standing.tallies().get(place);
			readings.add(new ArmReading(arm, shares[place], tally.exposed(), tally.matured(), tally.conversions(),
					tally.metric().mean(), chances[place], comparison(arm, challengers), guardrails(arm, tally)));
		}
		return readings;
	}

	private @Nullable Comparison comparison(String arm, List<Challenger> challengers) {
		return challengers.stream()
			.filter((one) -> one.arm().equals(arm))
			.findFirst()
			.map(this::comparison)
			.orElse(null);
	}

	private Comparison comparison(Challenger challenger) {
		Optional<Effect> lift = this.comparisons.lift(challenger.arm());
		return new Comparison(challenger.effect().estimate(), challenger.interval(),
				lift.map(Effect::estimate).orElse(null),
				lift.map((effect) -> this.comparisons.sequence().interval(effect, this.comparisons.alpha()))
					.orElse(null),
				challenger.adjustedP());
	}

	private List<GuardrailReading> guardrails(String arm, Tally tally) {
		return this.standing.definition()
			.guardrails()
			.stream()
			.map((guardrail) -> new GuardrailReading(guardrail.harm(), tally.count(guardrail.harm()),
					tally.harm(guardrail.harm()).mean(), guardrail.margin(),
					this.comparisons.guardrail(arm, guardrail)))
			.toList();
	}

}
