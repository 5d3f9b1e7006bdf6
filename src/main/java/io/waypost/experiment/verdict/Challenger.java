package io.waypost.experiment.verdict;

import io.waypost.experiment.ExperimentArmResult.GuardrailMetricResult.GuardrailState;
import io.waypost.experiment.stats.Effect;
import io.waypost.experiment.stats.Interval;

/**
 * One arm beside the default one.
 *
 * @param arm its name
 * @param effect difference of the rates
 * @param interval where the true difference is, always valid, for all arms together
 * @param adjustedP always valid, adjusted for the number of arms
 * @param alpha what that is compared with
 * @param guardrails the worst of its guardrails
 */
record Challenger(String arm, Effect effect, Interval interval, double adjustedP, double alpha,
		GuardrailState guardrails) {

	boolean isBetter() {
		return isClear() && this.effect.estimate() > 0;
	}

	boolean isWorse() {
		return isClear() && this.effect.estimate() < 0;
	}

	boolean isWorseOrHarmful() {
		return isWorse() || isHarmful();
	}

	boolean isHarmful() {
		return this.guardrails == GuardrailState.BROKEN;
	}

	private boolean isClear() {
		return this.adjustedP < this.alpha;
	}

}
