package io.waypost.experiment.stats;

/**
 * Always-valid confidence intervals and p-values: they hold at every interim analysis,
 * and the test can be stopped at any time. This is the asymptotic confidence sequence
 * with a Gaussian mixture of Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas,
 * "Time-uniform central limit theory and asymptotic confidence sequences" (arXiv
 * 2103.06476, theorem 2.2 and eq. 155). It uses the central limit theorem, so the first
 * analysis needs some dozens of conversions.
 *
 * @param rho determines where the sequence is tightest; fixed for a whole phase
 */
public record ConfidenceSequence(double rho) {

	/**
	 * Creates a sequence that is tightest at a given number of units (eq. 24, with the
	 * approximation ρ² = (-2 ln α + ln(1 - 2 ln α)) / N*).
	 * @param alpha error probability over all analyses
	 * @param plannedUnits people in both arms, N*; fixed before the first analysis
	 * @return the sequence
	 */
	public static ConfidenceSequence tuned(double alpha, double plannedUnits) {
		double logarithm = -2 * Math.log(alpha);
		return new ConfidenceSequence(Math.sqrt((logarithm + Math.log1p(logarithm)) / plannedUnits));
	}

	/**
	 * Computes the two-sided interval of the effect.
	 * @param effect the estimate
	 * @param alpha error probability over all analyses
	 * @return two-sided interval
	 */
	public Interval interval(Effect effect, double alpha) {
		double growth = growth(effect);
		return Interval.around(effect.estimate(), halfWidth(effect, Math.log(Math.sqrt(growth) / alpha)));
	}

	/**
	 * Computes the always-valid p-value: one over the evidence against "no effect".
	 * @param effect the estimate
	 * @return always-valid p-value, at most 1
	 */
	public double pValue(Effect effect) {
		return Math.min(1, Math.exp(0.5 * Math.log(growth(effect)) - exponent(effect)));
	}

	/** n ρ² + 1. */
	double growth(Effect effect) {
		return effect.units() * this.rho * this.rho + 1;
	}

	/** Logarithm of the evidence: ρ² S² / (2 (n ρ² + 1)). */
	double exponent(Effect effect) {
		double square = effect.estimate() * effect.estimate() * effect.units() / effect.variance();
		return this.rho * this.rho * square / (2 * growth(effect));
	}

	double halfWidth(Effect effect, double logarithm) {
		double units = effect.units();
		return Math
			.sqrt(effect.variance() * units * 2 * growth(effect) * logarithm / (units * units * this.rho * this.rho));
	}

}
