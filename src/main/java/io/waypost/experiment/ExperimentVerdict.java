package io.waypost.experiment;

/**
 * Verdict on an experiment.
 *
 * @param decision the decision
 * @param arm arm for people who are not in the test: the winner or the default arm
 * @param sentence explanation in plain language
 */
public record ExperimentVerdict(ExperimentDecision decision, String arm, String sentence) {

}
