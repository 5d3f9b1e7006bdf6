package io.waypost.experiment;

/**
 * One of the things that are compared: a variant.
 *
 * @param key its name, unique in the experiment
 * @param weight its share of the people in the test, against the sum of all weights
 */
public record Arm(String key, double weight) {

}
