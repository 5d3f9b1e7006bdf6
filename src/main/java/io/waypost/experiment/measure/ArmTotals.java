package io.waypost.experiment.measure;

import java.util.Map;

import io.waypost.experiment.GuardrailMetric;
import io.waypost.experiment.stats.Sample;

/**
 * What one look counts of one arm, among those in the test.
 *
 * @param exposed people who were sent it
 * @param matured of them, those whose window is over; the other numbers are of these
 * @param conversions people who converted
 * @param harms people to whom a harm happened
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
