package io.waypost.experiment.stats;

import java.util.function.DoubleUnaryOperator;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * How many people an experiment needs in each arm, for one look at the end. A confidence
 * sequence needs some more and may stop much earlier.
 *
 * @param baseline share of the control that converts
 * @param relativeLift smallest lift worth finding: 0.25 for a quarter more
 * @param alpha how often a difference may be found where there is none, two-sided
 * @param power how often the lift should be found if it is there
 */
public record SampleSize(double baseline, double relativeLift, double alpha, double power) {

	private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

	/**
	 * By the variances of the two shares, not pooled (Fleiss, Levin, Paik 2003, ch. 4).
	 * @return people in each arm, not rounded
	 */
	public double perArm() {
		double treatment = treatment();
		double difference = treatment - this.baseline;
		double variances = this.baseline * (1 - this.baseline) + treatment * (1 - treatment);
		return quantiles() * quantiles() * variances / (difference * difference);
	}

	/**
	 * By Cohen's h (Cohen 1988, ch. 6), both tails counted.
	 * @return people in each arm, not rounded
	 */
	public double perArmByArcsine() {
		double h = 2 * (Math.asin(Math.sqrt(treatment())) - Math.asin(Math.sqrt(this.baseline)));
		double start = 2 * Math.pow(quantiles() / h, 2);
		return root((people) -> powerOf(Math.abs(h), people) - this.power, start / 2, start * 2);
	}

	/** How often an effect h is found with so many people in each arm. */
	private double powerOf(double h, double people) {
		double shift = h * Math.sqrt(people / 2);
		double critical = NORMAL.inverseSurvivalProbability(this.alpha / 2);
		return NORMAL.survivalProbability(critical - shift) + NORMAL.survivalProbability(critical + shift);
	}

	private double treatment() {
		return this.baseline * (1 + this.relativeLift);
	}

	private double quantiles() {
		return NORMAL.inverseSurvivalProbability(this.alpha / 2) + NORMAL.inverseCumulativeProbability(this.power);
	}

	/** Where a growing function crosses 0, by halving. */
	private static double root(DoubleUnaryOperator growing, double from, double to) {
		double low = from;
		double high = to;
		while (high - low > 1e-12 * high) {
			double middle = 0.5 * (low + high);
			if (middle == low || middle == high) {
				return middle;
			}
			if (growing.applyAsDouble(middle) < 0) {
				low = middle;
			}
			else {
				high = middle;
			}
		}
		return 0.5 * (low + high);
	}

}
