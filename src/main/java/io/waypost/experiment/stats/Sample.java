package io.waypost.experiment.stats;

/**
 * Sufficient statistics of one metric in one arm: enough for mean and variance.
 *
 * @param units number of people
 * @param sum sum of the metric
 * @param sumOfSquares sum of the squared metric
 * @param binary whether the metric of each unit is 0 or 1
 */
public record Sample(long units, double sum, double sumOfSquares, boolean binary) {

	/**
	 * Creates a sample of a binary metric.
	 * @param units number of people
	 * @param successes number of people with the value 1
	 * @return the sample
	 */
	public static Sample proportion(long units, double successes) {
		return new Sample(units, successes, successes, true);
	}

	/**
	 * Creates a sample of amounts.
	 * @param units number of people
	 * @param sum sum of the amounts
	 * @param sumOfSquares sum of the squared amounts
	 * @return the sample
	 */
	public static Sample amounts(long units, double sum, double sumOfSquares) {
		return new Sample(units, sum, sumOfSquares, false);
	}

	/**
	 * Returns the arithmetic mean.
	 * @return 0 without units
	 */
	public double mean() {
		return (this.units == 0) ? 0 : this.sum / this.units;
	}

	/**
	 * Returns the variance of one unit: p (1 - p) for a binary metric, otherwise unbiased
	 * (n - 1).
	 * @return 0 for fewer than two amounts
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
