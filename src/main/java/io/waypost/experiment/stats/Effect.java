package io.waypost.experiment.stats;

import java.util.Optional;

/**
 * Estimated effect of a treatment compared with its control.
 *
 * @param estimate treatment minus control, or that divided by control
 * @param variance variance of the estimate
 * @param degreesOfFreedom of a t test (Welch-Satterthwaite)
 * @param units people in both arms
 */
public record Effect(double estimate, double variance, double degreesOfFreedom, long units) {

	/**
	 * Computes the difference of means with unequal variances (Welch 1947).
	 * @param control the control
	 * @param treatment the treatment
	 * @return empty while one of them has no variance
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
	 * Computes the difference divided by the control's mean (lift), by the delta method:
	 * Var(T/C) ≈ Var(T)/C² + T² Var(C)/C⁴ (Deng, Knoblich, Lu 2018, "Applying the Delta
	 * Method in Metric Analytics", eq. 3, independent samples).
	 * @param control the control
	 * @param treatment the treatment
	 * @return empty while one of them has no variance or the control's mean is 0
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
	 * Degrees of freedom by Satterthwaite 1946, from the variances of the two means.
	 */
	static double degreesOfFreedom(double control, long controlUnits, double treatment, long treatmentUnits) {
		double sum = control + treatment;
		return sum * sum / (control * control / (controlUnits - 1) + treatment * treatment / (treatmentUnits - 1));
	}

}
