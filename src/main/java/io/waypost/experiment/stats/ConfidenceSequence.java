package io.waypost.experiment.stats;

/**
 * Intervals and p-values that stay valid however often one looks and whenever one stops:
 * the asymptotic confidence sequence with a Gaussian mixture of Waudby-Smith, Arbour,
 * Sinha, Kennedy and Ramdas, "Time-uniform central limit theory and asymptotic confidence
 * sequences" (arXiv 2103.06476, theorem 2.2 and eq. 155; one-sided: proposition B.1). It
 * is an approximation by the central limit theorem, so it wants some dozens of
 * conversions before the first look.
 *
 * @param rho where the sequence is tightest; must stay the same for a whole trial
 */
public record ConfidenceSequence(double rho) {

	/** Above this a p-value of a one-sided sequence says nothing. */
	private static final double NO_EVIDENCE = 0.5;

	/**
	 * A sequence that is tightest when so many units are in (eq. 24 there, with the
	 * approximation ρ² = (-2 ln α + ln(1 - 2 ln α)) / N*).
	 * @param alpha how often it may miss, for ever
	 * @param plannedUnits people in both arms, N*; fixed before the first look
	 * @return the sequence
	 */
	public static ConfidenceSequence tuned(double alpha, double plannedUnits) {
		double logarithm = -2 * Math.log(alpha);
		return new ConfidenceSequence(Math.sqrt((logarithm + Math.log1p(logarithm)) / plannedUnits));
	}

	/**
	 * A one-sided sequence that is tightest when so many units are in.
	 * @param alpha how often it may miss, for ever; below one half
	 * @param plannedUnits people in both arms
	 * @return the sequence
	 */
	public static ConfidenceSequence tunedOneSided(double alpha, double plannedUnits) {
		return tuned(2 * alpha, plannedUnits);
	}

	/**
	 * Where the true effect is, at every look at once.
	 * @param effect what was seen
	 * @param alpha how often the sequence may miss it
	 * @return two-sided interval
	 */
	public Interval interval(Effect effect, double alpha) {
		double growth = growth(effect);
		return Interval.around(effect.estimate(), halfWidth(effect, Math.log(Math.sqrt(growth) / alpha)));
	}

	/**
	 * What the true effect is above, at every look at once.
	 * @param effect what was seen
	 * @param alpha how often the bound may miss it
	 * @return interval without an upper end
	 */
	public Interval above(Effect effect, double alpha) {
		return new Interval(effect.estimate() - oneSidedHalfWidth(effect, alpha), Double.POSITIVE_INFINITY);
	}

	/**
	 * What the true effect is below, at every look at once.
	 * @param effect what was seen
	 * @param alpha how often the bound may miss it
	 * @return interval without a lower end
	 */
	public Interval below(Effect effect, double alpha) {
		return new Interval(Double.NEGATIVE_INFINITY, effect.estimate() + oneSidedHalfWidth(effect, alpha));
	}

	/**
	 * One over the evidence against "no effect", valid at whatever look one stops.
	 * @param effect what was seen
	 * @return always-valid p-value, at most 1
	 */
	public double pValue(Effect effect) {
		return Math.min(1, Math.exp(0.5 * Math.log(growth(effect)) - exponent(effect)));
	}

	/**
	 * The smallest alpha at which {@link #above} excludes 0.
	 * @param effect what was seen
	 * @return always-valid one-sided p-value, at most one half
	 */
	public double pValueGreater(Effect effect) {
		if (effect.estimate() <= 0) {
			return NO_EVIDENCE;
		}
		return Math.min(NO_EVIDENCE, Math.sqrt(growth(effect)) / (2 * Math.expm1(exponent(effect))));
	}

	/** n ρ² + 1. */
	private double growth(Effect effect) {
		return effect.units() * this.rho * this.rho + 1;
	}

	/** What the evidence is the exponential of: ρ² S² / (2 (n ρ² + 1)). */
	private double exponent(Effect effect) {
		double square = effect.estimate() * effect.estimate() * effect.units() / effect.variance();
		return this.rho * this.rho * square / (2 * growth(effect));
	}

	private double oneSidedHalfWidth(Effect effect, double alpha) {
		return halfWidth(effect, Math.log1p(Math.sqrt(growth(effect)) / (2 * alpha)));
	}

	private double halfWidth(Effect effect, double logarithm) {
		double units = effect.units();
		return Math
			.sqrt(effect.variance() * units * 2 * growth(effect) * logarithm / (units * units * this.rho * this.rho));
	}

}
