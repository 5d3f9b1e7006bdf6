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
	 * The slope that removes most variance: cov(Y, X) / var(X) over both arms together.
	 */
	static double theta(CupedSample control, CupedSample treatment) {
		long units = control.units() + treatment.units();
		double sumX = control.covariate.sum() + treatment.covariate.sum();
		double variance = Sample.covariance(units, sumX, sumX,
				control.covariate.sumOfSquares() + treatment.covariate.sumOfSquares());
		double covariance = Sample.covariance(units, sumX, control.metric.sum() + treatment.metric.sum(),
				control.sumOfProducts + treatment.sumOfProducts);
		return (variance > 0) ? covariance / variance : 0;
	}

	long units() {
		return this.metric.units();
	}

	private double mean(double theta) {
		return this.metric.mean() - theta * this.covariate.mean();
	}

	double variance(double theta) {
		return this.metric.variance() + theta * theta * this.covariate.variance() - 2 * theta * covariance();
	}

	double covariance() {
		return Sample.covariance(units(), this.metric.sum(), this.covariate.sum(), this.sumOfProducts);
	}

}
