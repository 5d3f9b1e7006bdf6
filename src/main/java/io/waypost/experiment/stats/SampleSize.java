package io.waypost.experiment.stats;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Sample size of an experiment with one analysis at the end. A confidence sequence needs
 * somewhat more people, but can stop much earlier.
 *
 * @param baseline conversion rate of the control
 * @param relativeLift smallest lift to detect: 0.25 for 25 % more
 * @param alpha two-sided significance level
 * @param power probability of detecting the lift
 */
public record SampleSize(double baseline, double relativeLift, double alpha, double power) {

	private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

	/**
	 * Computes the size from the unpooled variances of the two rates (Fleiss, Levin, Paik
	 * 2003, ch. 4).
	 * @return people in each arm, not rounded
	 */
	public double perArm() {
		double treatment = treatment();
		double difference = treatment - this.baseline;
		double variances = this.baseline * (1 - this.baseline) + treatment * (1 - treatment);
		return quantiles() * quantiles() * variances / (difference * difference);
	}

	double treatment() {
		return this.baseline * (1 + this.relativeLift);
	}

	double quantiles() {
		return NORMAL.inverseSurvivalProbability(this.alpha / 2) + NORMAL.inverseCumulativeProbability(this.power);
	}

}
