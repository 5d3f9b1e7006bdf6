package io.waypost.experiment.stats;

import java.util.Optional;

/**
 * How much a treatment differs from its control, with the uncertainty of that estimate.
 *
 * @param estimate treatment minus control, or that as a share of control
 * @param variance of the estimate
 * @param degreesOfFreedom of a t test (Welch-Satterthwaite)
 * @param units people in both
 */
public record Effect(double estimate, double variance, double degreesOfFreedom, long units) {

	/**
	 * The difference of means, unequal variances (Welch 1947).
	 * @param control what is compared with
	 * @param treatment what is compared
	 * @return empty while one of them does not vary: nothing can be said then
	 */
	public static Optional<Effect> absolute(Sample control, Sample treatment) {
		if (!control.varies() || !treatment.varies()) {
			return Optional.empty();
		}
		return Optional.of(new Effect(treatment.mean() - control.mean(),
				treatment.varianceOfMean() + control.varianceOfMean(), degreesOfFreedom(control.varianceOfMean(),
						control.units(), treatment.varianceOfMean(), treatment.units()),
				control.units() + treatment.units()));
	}

	/**
	 * The difference as a share of the control's mean (lift), by the delta method:
	 * Var(T/C) ≈ Var(T)/C² + T² Var(C)/C⁴ (Deng, Knoblich, Lu 2018, "Applying the Delta
	 * Method in Metric Analytics", eq. 3, independent samples).
	 * @param control what is compared with
	 * @param treatment what is compared
	 * @return empty while one of them does not vary or the control's mean is 0
	 */
	public static Optional<Effect> relative(Sample control, Sample treatment) {
		double base = control.mean();
		if (base == 0) {
			return Optional.empty();
		}
		return absolute(control, treatment).map((difference) -> {
			double ratio = treatment.mean() / base;
			double variance = (treatment.varianceOfMean() + ratio * ratio * control.varianceOfMean()) / (base * base);
			return new Effect(difference.estimate() / base, variance, difference.degreesOfFreedom(),
					difference.units());
		});
	}

	/**
	 * Satterthwaite 1946, from the variances of the two means.
	 */
	static double degreesOfFreedom(double control, long controlUnits, double treatment, long treatmentUnits) {
		double sum = control + treatment;
		return sum * sum / (control * control / (controlUnits - 1) + treatment * treatment / (treatmentUnits - 1));
	}

	/**
	 * The uncertainty in the estimate's own unit.
	 * @return square root of the variance
	 */
	public double standardError() {
		return Math.sqrt(this.variance);
	}

}
