package io.waypost.experiment.stats;

/**
 * What is known of one arm and one metric: enough for its mean and variance, whatever its
 * size.
 *
 * @param units people
 * @param sum of the metric over them
 * @param sumOfSquares of the metric over them
 * @param binary whether each unit counts 0 or 1
 */
public record Sample(long units, double sum, double sumOfSquares, boolean binary) {

	/**
	 * A metric that is yes or no.
	 * @param units people
	 * @param successes how many said yes
	 * @return the sample
	 */
	public static Sample proportion(long units, double successes) {
		return new Sample(units, successes, successes, true);
	}

	/**
	 * A metric that is an amount.
	 * @param units people
	 * @param sum of amounts
	 * @param sumOfSquares of amounts
	 * @return the sample
	 */
	public static Sample amounts(long units, double sum, double sumOfSquares) {
		return new Sample(units, sum, sumOfSquares, false);
	}

	/**
	 * The mean, 0 of nobody.
	 * @return the arithmetic mean
	 */
	public double mean() {
		return (this.units == 0) ? 0 : this.sum / this.units;
	}

	/**
	 * The variance of one unit: p (1 - p) of a proportion, else unbiased (n - 1).
	 * @return 0 when fewer than two amounts are known
	 */
	public double variance() {
		if (this.binary) {
			return mean() * (1 - mean());
		}
		return (this.units < 2) ? 0 : covariance(this.units, this.sum, this.sum, this.sumOfSquares);
	}

	/** Unbiased covariance from sums. */
	static double covariance(long units, double sumX, double sumY, double sumOfProducts) {
		return (sumOfProducts - sumX * sumY / units) / (units - 1);
	}

	/** The variance of the mean. */
	double varianceOfMean() {
		return variance() / this.units;
	}

	boolean varies() {
		return variance() > 0;
	}

}
