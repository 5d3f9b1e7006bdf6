package io.waypost.experiment.stats;

import java.util.Optional;

/**
 * A metric with a covariate from before the experiment: CUPED (Deng, Xu, Kohavi, Walker
 * 2013, "Improving the Sensitivity of Online Controlled Experiments by Utilizing
 * Pre-Experiment Data"). The variance that the covariate explains is removed. This
 * narrows the intervals without bias, because both arms have the same distribution of the
 * covariate.
 *
 * @param metric the metric during the experiment
 * @param covariate from before the first exposure
 * @param sumOfProducts metric times covariate, summed over people
 */
public record CupedSample(Sample metric, Sample covariate, double sumOfProducts) {

	/**
	 * Computes the adjusted difference of means.
	 * @param control the control
	 * @param treatment the treatment
	 * @return empty while one of them has no variance
	 */
	public static Optional<Effect> absolute(CupedSample control, CupedSample treatment) {
		double theta = theta(control, treatment);
		double controlVariance = control.variance(theta);
		double treatmentVariance = treatment.variance(theta);
		if (controlVariance <= 0 || treatmentVariance <= 0) {
			return Optional.empty();
		}
		double ofControl = controlVariance / control.units();
		double ofTreatment = treatmentVariance / treatment.units();
		return Optional.of(new Effect(treatment.mean(theta) - control.mean(theta), ofTreatment + ofControl,
				Effect.degreesOfFreedom(ofControl, control.units(), ofTreatment, treatment.units()),
				control.units() + treatment.units()));
	}

	/**
	 * Computes the adjusted difference divided by the control's unadjusted mean, by the
	 * delta method. With r the ratio of the unadjusted means, the control's part of the
	 * variance is Var(r Y - θ X)/n, because the control is in the numerator and in the
	 * denominator.
	 * @param control the control
	 * @param treatment the treatment
	 * @return empty while one of them has no variance or the control's mean is 0
	 */
	public static Optional<Effect> relative(CupedSample control, CupedSample treatment) {
		double base = control.metric.mean();
		if (base == 0) {
			return Optional.empty();
		}
		return absolute(control, treatment).map((difference) -> {
			double theta = theta(control, treatment);
			double ratio = treatment.metric.mean() / base;
			double ofControl = ratio * ratio * control.metric.variance() - 2 * theta * ratio * control.covariance()
					+ theta * theta * control.covariate.variance();
			double variance = (treatment.variance(theta) / treatment.units() + ofControl / control.units())
					/ (base * base);
			return new Effect(difference.estimate() / base, variance, difference.degreesOfFreedom(),
					difference.units());
		});
	}

	/**
	 * The slope that removes most variance: cov(Y, X) / var(X) over both arms together.
	 */
	private static double theta(CupedSample control, CupedSample treatment) {
		long units = control.units() + treatment.units();
		double sumX = control.covariate.sum() + treatment.covariate.sum();
		double variance = Sample.covariance(units, sumX, sumX,
				control.covariate.sumOfSquares() + treatment.covariate.sumOfSquares());
		double covariance = Sample.covariance(units, sumX, control.metric.sum() + treatment.metric.sum(),
				control.sumOfProducts + treatment.sumOfProducts);
		return (variance > 0) ? covariance / variance : 0;
	}

	private long units() {
		return this.metric.units();
	}

	private double mean(double theta) {
		return this.metric.mean() - theta * this.covariate.mean();
	}

	private double variance(double theta) {
		return this.metric.variance() + theta * theta * this.covariate.variance() - 2 * theta * covariance();
	}

	private double covariance() {
		return Sample.covariance(units(), this.metric.sum(), this.covariate.sum(), this.sumOfProducts);
	}

}
