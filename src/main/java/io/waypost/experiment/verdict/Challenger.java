package io.waypost.experiment.verdict;

import io.waypost.experiment.ExperimentArmResult.GuardrailMetricResult.GuardrailState;
import io.waypost.experiment.stats.Effect;
import io.waypost.experiment.stats.Interval;

/**
 * An arm compared with the default arm.
 *
 * @param arm key of the arm
 * @param effect difference of the rates
 * @param interval always-valid confidence interval of the difference, for all arms
 * together
 * @param adjustedP always-valid p-value, adjusted for the number of arms
 * @param alpha significance level of adjustedP
 * @param guardrails the worst state among the arm's guardrails
 */
record Challenger(String arm, Effect effect, Interval interval, double adjustedP, double alpha,
		GuardrailState guardrails) {

	boolean isBetter() {
		return isSignificant() && this.effect.estimate() > 0;
	}

	boolean isWorse() {
		return isSignificant() && this.effect.estimate() < 0;
	}

	boolean isWorseOrHarmful() {
		return isWorse() || isHarmful();
	}

	boolean isHarmful() {
		return this.guardrails == GuardrailState.BROKEN;
	}

	private boolean isSignificant() {
		return this.adjustedP < this.alpha;
	}

}
