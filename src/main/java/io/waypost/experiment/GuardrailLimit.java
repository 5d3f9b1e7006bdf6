package io.waypost.experiment;

/**
 * Limit of a guardrail metric.
 *
 * @param harm the metric
 * @param margin by how much its rate may exceed that of the default arm: 0.001 is a tenth
 * of a percentage point
 */
public record GuardrailLimit(GuardrailMetric harm, double margin) {

}
