package io.waypost.experiment;

/**
 * What follows from the numbers.
 *
 * @param decision what to do
 * @param arm what people who are not in the test should get: the winner, or the default
 * arm
 * @param sentence why, in plain language
 */
public record ExperimentVerdict(ExperimentDecision decision, String arm, String sentence) {

}
