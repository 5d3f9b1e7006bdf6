package io.waypost.experiment;

/**
 * A metric that must not get worse.
 *
 * @param harm what is counted
 * @param margin how much higher its rate may be than that of the default arm: 0.001 is a
 * tenth of a percentage point
 */
public record GuardrailLimit(GuardrailMetric harm, double margin) {

}
