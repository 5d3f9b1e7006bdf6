package io.waypost.experiment.stats;

import java.util.Locale;
import java.util.SplittableRandom;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Bias and variance of CUPED estimates over many simulated experiments in which spending
 * correlates with earlier spending. Seeds are fixed and printed.
 */
class CupedSampleTests {

	private static final long SEED = 20261122L;

	private static final int TRIALS = 2_000;

	private static final int PEOPLE = 400;

	private static final double EFFECT = 3;

	/** Spending in the phase per euro of earlier spending. */
	private static final double LOYALTY = 0.4;

	@Test
	void keepsTheExpectationAndReducesTheVariance() {
		Estimates plain = new Estimates();
		Estimates adjusted = new Estimates();
		SplittableRandom random = new SplittableRandom(SEED);
		for (int phase = 0; phase < TRIALS; phase++) {
			Arm control = Arm.drawn(random, 0);
			Arm treatment = Arm.drawn(random, EFFECT);
			plain.add(Effect.absolute(control.before().metric(), treatment.before().metric()).orElseThrow());
			adjusted.add(CupedSample.absolute(control.before(), treatment.before()).orElseThrow());
		}
		print("plain", plain);
		print("adjusted for the time before", adjusted);
		assertThat(plain.mean()).as("expectation without").isBetween(plain.around(-4), plain.around(4));
		assertThat(adjusted.mean()).as("expectation with").isBetween(adjusted.around(-4), adjusted.around(4));
		assertThat(adjusted.variance() / plain.variance()).as("remaining share of the variance")
			.isCloseTo(1 - Arm.EXPLAINED, Offset.offset(0.06));
		assertThat(adjusted.claimed() / adjusted.variance()).as("estimated divided by observed variance")
			.isBetween(0.9, 1.1);
	}

	/**
	 * Counterexample: a covariate that includes spending of the phase removes a part of
	 * the effect.
	 */
	@Test
	void wouldRemoveTheEffectWithALateCovariate() {
		Estimates adjusted = new Estimates();
		SplittableRandom random = new SplittableRandom(SEED);
		for (int phase = 0; phase < TRIALS; phase++) {
			Arm control = Arm.drawn(random, 0);
			Arm treatment = Arm.drawn(random, EFFECT);
			adjusted.add(CupedSample.absolute(control.until(), treatment.until()).orElseThrow());
		}
		print("adjusted for the time until the end", adjusted);
		assertThat(adjusted.mean()).as("a third of the effect is removed")
			.isCloseTo(EFFECT * 2 / 3, Offset.offset(0.1));
	}

	private static void print(String name, Estimates estimates) {
		System.out.printf(Locale.ROOT, "seed %d: %s: effect %.3f, variance %.3f, estimated variance %.3f%n", SEED, name,
				estimates.mean(), estimates.variance(), estimates.claimed());
	}

	/**
	 * The people of one arm with two covariates.
	 *
	 * @param before with spending until the start of the phase
	 * @param until with spending until the end of the phase
	 */
	private record Arm(CupedSample before, CupedSample until) {

		/**
		 * Correlation², by the numbers of {@link #drawn}: the past has the variance
		 * 1,200, the metric 0.4² · 1,200 + 14².
		 */
		static final double EXPLAINED = 0.4 * 0.4 * 1_200 / (0.4 * 0.4 * 1_200 + 14 * 14);

		static Arm drawn(SplittableRandom random, double effect) {
			double[] before = new double[PEOPLE];
			double[] metric = new double[PEOPLE];
			double[] until = new double[PEOPLE];
			for (int person = 0; person < PEOPLE; person++) {
				// Half of them never bought; the amounts of the others are not normal
				before[person] = random.nextBoolean() ? 0 : -40 * Math.log(random.nextDouble());
				metric[person] = LOYALTY * before[person] + 14 * random.nextGaussian() + effect;
				until[person] = before[person] + metric[person];
			}
			return new Arm(adjusted(metric, before), adjusted(metric, until));
		}

		private static CupedSample adjusted(double[] metric, double[] covariate) {
			return new CupedSample(amounts(metric), amounts(covariate), products(metric, covariate));
		}

		private static Sample amounts(double[] amounts) {
			double sum = 0;
			for (double amount : amounts) {
				sum += amount;
			}
			return Sample.amounts(amounts.length, sum, products(amounts, amounts));
		}

		private static double products(double[] left, double[] right) {
			double sum = 0;
			for (int at = 0; at < left.length; at++) {
				sum += left[at] * right[at];
			}
			return sum;
		}

	}

	/** Estimates of the same effect from many simulations. */
	private static final class Estimates {

		private double sum;

		private double squares;

		private double claimed;

		void add(Effect effect) {
			this.sum += effect.estimate();
			this.squares += effect.estimate() * effect.estimate();
			this.claimed += effect.variance();
		}

		double mean() {
			return this.sum / TRIALS;
		}

		double variance() {
			return (this.squares - this.sum * this.sum / TRIALS) / (TRIALS - 1);
		}

		/** Mean of the estimated variances. */
		double claimed() {
			return this.claimed / TRIALS;
		}

		/** The true effect, so many standard errors of the mean away. */
		double around(double errors) {
			return EFFECT + errors * Math.sqrt(variance() / TRIALS);
		}

	}

}
