package io.waypost.experiment.verdict;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.waypost.experiment.Arm;
import io.waypost.experiment.ExperimentArmResult.GuardrailMetricResult.GuardrailState;
import io.waypost.experiment.GuardrailLimit;
import io.waypost.experiment.GuardrailMetric;
import io.waypost.experiment.measure.ArmTotals;
import io.waypost.experiment.stats.ConfidenceSequence;
import io.waypost.experiment.stats.Effect;
import io.waypost.experiment.stats.MultipleComparisons;
import io.waypost.experiment.stats.Sample;
import io.waypost.experiment.stats.SampleRatio;

/**
 * The statistics of one look. Every arm is compared with the default one by a confidence
 * sequence, at alpha divided by the number of comparisons; that is also the first step of
 * Holm's method, so an adjusted p-value below alpha of the best arm and an interval that
 * leaves out 0 are one and the same.
 */
final class ArmComparisons {

	static final double ALPHA = 0.05;

	/** Fewer of them say nothing about a rate by the central limit theorem. */
	private static final long FEWEST_HARMS = 10;

	private final ExperimentSnapshot standing;

	private final double alpha;

	private final ConfidenceSequence sequence;

	ArmComparisons(ExperimentSnapshot standing) {
		this.standing = standing;
		this.alpha = ALPHA / Math.max(1, standing.definition().challengers().size());
		this.sequence = ConfidenceSequence.tuned(this.alpha, standing.definition().plannedUsers());
	}

	/** Those arms of which anything can be said. */
	List<Challenger> challengers() {
		ArmTotals control = this.standing.control();
		List<String> arms = new ArrayList<>();
		List<Effect> effects = new ArrayList<>();
		for (Arm arm : this.standing.definition().challengers()) {
			Effect.absolute(control.metric(), this.standing.totalsOf(arm.key()).metric()).ifPresent((effect) -> {
				arms.add(arm.key());
				effects.add(effect);
			});
		}
		double[] adjusted = adjusted(effects);
		List<Challenger> challengers = new ArrayList<>();
		for (int place = 0; place < arms.size(); place++) {
			Effect effect = effects.get(place);
			challengers.add(new Challenger(arms.get(place), effect, this.sequence.interval(effect, this.alpha),
					adjusted[place], ALPHA, worstGuardrail(arms.get(place))));
		}
		return challengers;
	}

	/** An arm of which nothing can be said yet counts as one with p = 1. */
	private double[] adjusted(List<Effect> effects) {
		double[] pValues = new double[this.standing.definition().challengers().size()];
		for (int place = 0; place < pValues.length; place++) {
			pValues[place] = (place < effects.size()) ? this.sequence.pValue(effects.get(place)) : 1;
		}
		return MultipleComparisons.holm(pValues);
	}

	/** Lift as a share, with the same guarantee. */
	Optional<Effect> lift(String arm) {
		return Effect.relative(this.standing.control().metric(), this.standing.totalsOf(arm).metric());
	}

	ConfidenceSequence sequence() {
		return this.sequence;
	}

	/** The alpha of each single comparison. */
	double alpha() {
		return this.alpha;
	}

	double sampleRatioP() {
		return SampleRatio.alwaysValid(this.standing.totals().stream().mapToLong(ArmTotals::exposed).toArray(),
				this.standing.definition().testWeights());
	}

	/**
	 * How a guardrail of an arm stands: broken when the whole interval of the difference
	 * lies beyond the margin, doubtful when the estimate does.
	 */
	GuardrailState guardrail(String arm, GuardrailLimit guardrail) {
		ArmTotals tally = this.standing.totalsOf(arm);
		ArmTotals control = this.standing.control();
		double difference = tally.harm(guardrail.harm()).mean() - control.harm(guardrail.harm()).mean();
		if (difference <= guardrail.margin() || arm.equals(this.standing.definition().defaultArm())) {
			return GuardrailState.WITHIN;
		}
		boolean proven = tally.count(guardrail.harm()) >= FEWEST_HARMS && harm(control, tally, guardrail.harm())
			.map((effect) -> this.sequence.interval(effect, this.alpha).lower() > guardrail.margin())
			.orElse(false);
		return proven ? GuardrailState.BROKEN : GuardrailState.DOUBTFUL;
	}

	/**
	 * With one harm and one spared person more on each side, so that a control without
	 * any harm still has a variance (Agresti and Caffo 2000).
	 */
	private static Optional<Effect> harm(ArmTotals control, ArmTotals treatment, GuardrailMetric harm) {
		return Effect.absolute(Sample.proportion(control.matured() + 2, control.count(harm) + 1.0),
				Sample.proportion(treatment.matured() + 2, treatment.count(harm) + 1.0));
	}

	private GuardrailState worstGuardrail(String arm) {
		GuardrailState worst = GuardrailState.WITHIN;
		for (GuardrailLimit guardrail : this.standing.definition().guardrails()) {
			GuardrailState state = guardrail(arm, guardrail);
			worst = (state.compareTo(worst) > 0) ? state : worst;
		}
		return worst;
	}

}
