package io.waypost.experiment.verdict;

import java.util.function.Supplier;

import io.waypost.experiment.ExperimentDecision;
import io.waypost.experiment.ExperimentVerdict;

/**
 * A verdict whose sentence is only made when somebody wants to read it.
 *
 * @param decision what to do
 * @param arm what people who are not in the test should get
 * @param sentence why
 */
record DecisionRuleResult(ExperimentDecision decision, String arm, Supplier<String> sentence) {

	ExperimentVerdict verdict() {
		return new ExperimentVerdict(this.decision, this.arm, this.sentence.get());
	}

}
