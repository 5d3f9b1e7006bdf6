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
 * The statistics of one analysis. Each arm is compared with the default arm by a
 * confidence sequence at alpha divided by the number of comparisons. This is also the
 * first step of Holm's method, so the best arm's adjusted p-value is below alpha exactly
 * when its interval excludes 0.
 */
final class ArmComparisons {

	static final double ALPHA = 0.05;

	/** Below this number the central limit theorem does not hold for a rate. */
	private static final long MIN_GUARDRAIL_EVENTS = 10;

	private final ExperimentSnapshot snapshot;

	private final double alpha;

	private final ConfidenceSequence sequence;

	ArmComparisons(ExperimentSnapshot snapshot) {
		this.snapshot = snapshot;
		this.alpha = ALPHA / Math.max(1, snapshot.definition().challengers().size());
		this.sequence = ConfidenceSequence.tuned(this.alpha, snapshot.definition().plannedUsers());
	}

	/** The arms with enough variation for a comparison. */
	List<Challenger> challengers() {
		ArmTotals control = this.snapshot.control();
		List<String> arms = new ArrayList<>();
		List<Effect> effects = new ArrayList<>();
		for (Arm arm : this.snapshot.definition().challengers()) {
			Effect.absolute(control.metric(), this.snapshot.totalsOf(arm.key()).metric()).ifPresent((effect) -> {
				arms.add(arm.key());
				effects.add(effect);
			});
		}
		double[] adjusted = adjusted(effects);
		List<Challenger> challengers = new ArrayList<>();
		for (int index = 0; index < arms.size(); index++) {
			Effect effect = effects.get(index);
			challengers.add(new Challenger(arms.get(index), effect, this.sequence.interval(effect, this.alpha),
					adjusted[index], ALPHA, worstGuardrail(arms.get(index))));
		}
		return challengers;
	}

	/** Arms without a comparison have p = 1. */
	private double[] adjusted(List<Effect> effects) {
		double[] pValues = new double[this.snapshot.definition().challengers().size()];
		for (int index = 0; index < pValues.length; index++) {
			pValues[index] = (index < effects.size()) ? this.sequence.pValue(effects.get(index)) : 1;
		}
		return MultipleComparisons.holm(pValues);
	}

	/** Relative difference; its interval has the same guarantee. */
	Optional<Effect> lift(String arm) {
		return Effect.relative(this.snapshot.control().metric(), this.snapshot.totalsOf(arm).metric());
	}

	ConfidenceSequence sequence() {
		return this.sequence;
	}

	/** The alpha of each single comparison. */
	double alpha() {
		return this.alpha;
	}

	double sampleRatioP() {
		return SampleRatio.alwaysValid(this.snapshot.totals().stream().mapToLong(ArmTotals::exposed).toArray(),
				this.snapshot.definition().testWeights());
	}

	/**
	 * Evaluates a guardrail of an arm: broken when the whole interval of the difference
	 * is beyond the margin, doubtful when only the estimate is.
	 */
	GuardrailState guardrail(String arm, GuardrailLimit guardrail) {
		ArmTotals armTotals = this.snapshot.totalsOf(arm);
		ArmTotals control = this.snapshot.control();
		double difference = armTotals.harm(guardrail.harm()).mean() - control.harm(guardrail.harm()).mean();
		if (difference <= guardrail.margin() || arm.equals(this.snapshot.definition().defaultArm())) {
			return GuardrailState.WITHIN;
		}
		boolean significant = armTotals.count(guardrail.harm()) >= MIN_GUARDRAIL_EVENTS
				&& harm(control, armTotals, guardrail.harm())
					.map((effect) -> this.sequence.interval(effect, this.alpha).lower() > guardrail.margin())
					.orElse(false);
		return significant ? GuardrailState.BROKEN : GuardrailState.DOUBTFUL;
	}

	/**
	 * Adds one person with and one without the event on each side, so that a control
	 * without events has a variance (Agresti and Caffo 2000).
	 */
	private static Optional<Effect> harm(ArmTotals control, ArmTotals treatment, GuardrailMetric harm) {
		return Effect.absolute(Sample.proportion(control.matured() + 2, control.count(harm) + 1.0),
				Sample.proportion(treatment.matured() + 2, treatment.count(harm) + 1.0));
	}

	private GuardrailState worstGuardrail(String arm) {
		GuardrailState worst = GuardrailState.WITHIN;
		for (GuardrailLimit guardrail : this.snapshot.definition().guardrails()) {
			GuardrailState state = guardrail(arm, guardrail);
			worst = (state.compareTo(worst) > 0) ? state : worst;
		}
		return worst;
	}

}
