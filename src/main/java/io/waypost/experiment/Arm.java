package io.waypost.experiment;

/**
 * A variant of an experiment.
 *
 * @param key name, unique within the experiment
 * @param weight share of the people in the test, relative to the sum of all weights
 */
public record Arm(String key, double weight) {

}
