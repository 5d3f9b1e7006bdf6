package io.waypost.experiment;

import java.util.Map;

import io.waypost.experiment.stats.Sample;

/**
 * What one look counts of one arm, among those in the test.
 *
 * @param exposed people who were sent it
 * @param matured of them, those whose window is over; the other numbers are of these
 * @param conversions people who converted
 * @param harms people to whom a harm happened
 */
record Tally(long exposed, long matured, long conversions, Map<Harm, Long> harms) {

	static final Tally NOBODY = new Tally(0, 0, 0, Map.of());

	Sample metric() {
		return Sample.proportion(this.matured, this.conversions);
	}

	Sample harm(Harm harm) {
		return Sample.proportion(this.matured, count(harm));
	}

	long count(Harm harm) {
		return this.harms.getOrDefault(harm, 0L);
	}

}
