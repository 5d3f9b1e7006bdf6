package io.waypost.experiment.stats;

import java.util.stream.IntStream;

import org.apache.commons.statistics.distribution.HypergeometricDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Classical comparisons of two proportions, valid for a single planned analysis.
 *
 * @param control successes and units of the control
 * @param treatment successes and units of the treatment
 */
public record TwoProportionsOracle(Sample control, Sample treatment) {

	private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

	/** Tolerance: rounding must not separate tables of equal probability. */
	private static final double EQUALLY_LIKELY = 1 + 1e-7;

	/**
	 * The z statistic with the pooled variance.
	 * @return positive when the treatment has the larger share, 0 without variance
	 */
	public double z() {
		double pooled = (this.control.sum() + this.treatment.sum()) / (this.control.units() + this.treatment.units());
		double variance = pooled * (1 - pooled) * (1.0 / this.control.units() + 1.0 / this.treatment.units());
		return (variance > 0) ? (this.treatment.mean() - this.control.mean()) / Math.sqrt(variance) : 0;
	}

	/**
	 * The p-value of {@link #z()}.
	 * @return two-sided
	 */
	public double pValue() {
		return 2 * NORMAL.survivalProbability(Math.abs(z()));
	}

	/**
	 * Pearson's chi-square of the 2 x 2 table, without continuity correction; the square
	 * of {@link #z()}.
	 * @return the statistic
	 */
	public double chiSquare() {
		return z() * z();
	}

	/**
	 * Fisher's exact test.
	 * @return two-sided p-value: all tables at most as likely as this one
	 */
	public double fisherExact() {
		HypergeometricDistribution tables = HypergeometricDistribution.of(
				Math.toIntExact(this.control.units() + this.treatment.units()),
				(int) Math.round(this.control.sum() + this.treatment.sum()), Math.toIntExact(this.treatment.units()));
		double seen = tables.probability((int) Math.round(this.treatment.sum())) * EQUALLY_LIKELY;
		double sum = IntStream.rangeClosed(tables.getSupportLowerBound(), tables.getSupportUpperBound())
			.mapToDouble(tables::probability)
			.filter((probability) -> probability <= seen)
			.sum();
		return Math.min(1, sum);
	}

	/**
	 * Interval of the difference of proportions: Newcombe 1998, method 10, the hybrid of
	 * two Wilson intervals.
	 * @param alpha error probability
	 * @return treatment minus control
	 */
	public Interval difference(double alpha) {
		Interval ofControl = wilson(this.control, alpha);
		Interval ofTreatment = wilson(this.treatment, alpha);
		double estimate = this.treatment.mean() - this.control.mean();
		return new Interval(
				estimate - Math.hypot(this.treatment.mean() - ofTreatment.lower(),
						ofControl.upper() - this.control.mean()),
				estimate + Math.hypot(ofTreatment.upper() - this.treatment.mean(),
						this.control.mean() - ofControl.lower()));
	}

	/**
	 * Interval of one proportion: Wilson 1927, the score interval without continuity
	 * correction.
	 * @param sample successes and units
	 * @param alpha error probability
	 * @return within 0 and 1
	 */
	public static Interval wilson(Sample sample, double alpha) {
		double z = NORMAL.inverseSurvivalProbability(alpha / 2);
		double units = sample.units();
		double share = sample.mean();
		double shrink = 1 + z * z / units;
		double centre = (share + z * z / (2 * units)) / shrink;
		double half = z * Math.sqrt(share * (1 - share) / units + z * z / (4 * units * units)) / shrink;
		return new Interval(Math.max(0, centre - half), Math.min(1, centre + half));
	}

}
