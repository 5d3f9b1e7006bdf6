package io.waypost.experiment.stats;

import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

import org.apache.commons.statistics.distribution.BetaDistribution;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Textbook statistics that production code does not use, to check the code that it does.
 */
public final class StatisticsOracle {

	private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

	private StatisticsOracle() {
	}

	/** P-value of a split by Pearson's chi-square; valid for a single analysis. */
	public static double chiSquare(long[] people, double[] weights) {
		int[] planned = SampleRatio.weighted(weights);
		long total = IntStream.of(planned).mapToLong((arm) -> people[arm]).sum();
		if (planned.length < 2 || total == 0) {
			return 1;
		}
		double weight = IntStream.of(planned).mapToDouble((arm) -> weights[arm]).sum();
		double statistic = IntStream.of(planned).mapToDouble((arm) -> {
			double expected = total * weights[arm] / weight;
			return (people[arm] - expected) * (people[arm] - expected) / expected;
		}).sum();
		return ChiSquaredDistribution.of(planned.length - 1.0).survivalProbability(statistic);
	}

	/**
	 * Difference adjusted by CUPED, divided by the control's unadjusted mean, by the
	 * delta method. With r the ratio of the unadjusted means, the control's part of the
	 * variance is Var(r Y - θ X)/n, because the control is in the numerator and in the
	 * denominator.
	 */
	static Optional<Effect> relative(CupedSample control, CupedSample treatment) {
		double base = control.metric().mean();
		if (base == 0) {
			return Optional.empty();
		}
		return CupedSample.absolute(control, treatment).map((difference) -> {
			double theta = CupedSample.theta(control, treatment);
			double ratio = treatment.metric().mean() / base;
			double ofControl = ratio * ratio * control.metric().variance() - 2 * theta * ratio * control.covariance()
					+ theta * theta * control.covariate().variance();
			double variance = (treatment.variance(theta) / treatment.units() + ofControl / control.units())
					/ (base * base);
			return new Effect(difference.estimate() / base, variance, difference.degreesOfFreedom(),
					difference.units());
		});
	}

	/** Standard error in the unit of the estimate. */
	static double standardError(Effect effect) {
		return Math.sqrt(effect.variance());
	}

	/** Probability that one rate is higher than another one. */
	static double chanceToBeat(BetaPosterior one, BetaPosterior other) {
		return BetaPosterior.chancesToBeBest(List.of(one, other))[0];
	}

	/** Equal-tailed credible interval of a rate. */
	static Interval interval(BetaPosterior posterior, double alpha) {
		BetaDistribution rate = posterior.distribution();
		return new Interval(rate.inverseCumulativeProbability(alpha / 2), rate.inverseSurvivalProbability(alpha / 2));
	}

	/** P-values adjusted by Benjamini and Hochberg 1995. */
	static double[] benjaminiHochberg(double... pValues) {
		int[] order = MultipleComparisons.ascending(pValues);
		double[] adjusted = new double[pValues.length];
		double smallest = 1;
		for (int rank = order.length - 1; rank >= 0; rank--) {
			smallest = Math.min(smallest, pValues[order[rank]] * pValues.length / (rank + 1));
			adjusted[order[rank]] = smallest;
		}
		return adjusted;
	}

	/** P-values adjusted by Bonferroni. */
	static double[] bonferroni(double... pValues) {
		return DoubleStream.of(pValues).map((p) -> Math.min(1, p * pValues.length)).toArray();
	}

	/** Posterior with a prior that has the weight of {@code strength} people. */
	static BetaPosterior informedPosterior(double conversions, double units, double rate, double strength) {
		return new BetaPosterior(rate * strength + conversions, (1 - rate) * strength + units - conversions);
	}

	/** Expected loss of choosing a rate: E[(other - chosen)+] = ∫ F(x) (1 - G(x)) dx. */
	static double expectedLoss(BetaPosterior chosen, BetaPosterior other) {
		BetaDistribution mine = chosen.distribution();
		BetaDistribution theirs = other.distribution();
		return Quadrature.integrate((x) -> mine.cumulativeProbability(x) * theirs.survivalProbability(x), 0, 1);
	}

	/** Sample size by Cohen's h (Cohen 1988, ch. 6), both tails counted. */
	static double sampleSizeByArcsine(SampleSize size) {
		double h = 2 * (Math.asin(Math.sqrt(size.treatment())) - Math.asin(Math.sqrt(size.baseline())));
		double start = 2 * Math.pow(size.quantiles() / h, 2);
		return root((people) -> power(size, Math.abs(h), people) - size.power(), start / 2, start * 2);
	}

	private static double power(SampleSize size, double h, double people) {
		double shift = h * Math.sqrt(people / 2);
		double critical = NORMAL.inverseSurvivalProbability(size.alpha() / 2);
		return NORMAL.survivalProbability(critical - shift) + NORMAL.survivalProbability(critical + shift);
	}

	/** Root of an increasing function, by bisection. */
	private static double root(DoubleUnaryOperator increasing, double from, double to) {
		double low = from;
		double high = to;
		while (high - low > 1e-12 * high) {
			double middle = 0.5 * (low + high);
			if (middle == low || middle == high) {
				return middle;
			}
			if (increasing.applyAsDouble(middle) < 0) {
				low = middle;
			}
			else {
				high = middle;
			}
		}
		return 0.5 * (low + high);
	}

}
