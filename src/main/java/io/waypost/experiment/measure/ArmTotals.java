package io.waypost.experiment.measure;

import java.util.Map;

import io.waypost.experiment.GuardrailMetric;
import io.waypost.experiment.stats.Sample;

/**
 * Counts of one arm among people in the test, in one analysis.
 *
 * @param exposed people who were sent the arm
 * @param matured exposed people whose conversion window is over; the other counts are of
 * these
 * @param conversions people who converted
 * @param harms people with an event of a guardrail metric
 */
public record ArmTotals(long exposed, long matured, long conversions, Map<GuardrailMetric, Long> harms) {

	public static final ArmTotals EMPTY = new ArmTotals(0, 0, 0, Map.of());

	public Sample metric() {
		return Sample.proportion(this.matured, this.conversions);
	}

	public Sample harm(GuardrailMetric harm) {
		return Sample.proportion(this.matured, count(harm));
	}

	public long count(GuardrailMetric harm) {
		return this.harms.getOrDefault(harm, 0L);
	}

}
