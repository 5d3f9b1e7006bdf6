package io.waypost.campaign;

import java.time.Duration;
import java.util.List;

import io.waypost.agent.VariantBrief;
import io.waypost.experiment.Metric;

/**
 * How variants are tried before everybody is written to.
 *
 * @param variants at least two, the first is what is sent when nothing is clear
 * @param metric what decides
 * @param percent share of the audience that is written to in the test
 * @param duration how long a recipient's reaction is waited for
 */
public record TestPlan(List<VariantBrief> variants, Metric metric, double percent, Duration duration) {

	public TestPlan {
		variants = List.copyOf(variants);
	}

	/**
	 * What the variants are called.
	 * @return in order
	 */
	public List<String> names() {
		return this.variants.stream().map(VariantBrief::name).toList();
	}

}
