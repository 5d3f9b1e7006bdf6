package io.waypost.experiment.stats;

import java.util.Locale;
import java.util.SplittableRandom;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What taking the past out of a metric does to the estimate of an effect, over many
 * trials of a shop whose customers spend much as they spent before. Seeds are fixed and
 * printed.
 */
class CupedSampleTests {

	private static final long SEED = 20261122L;

	private static final int TRIALS = 2_000;

	private static final int PEOPLE = 400;

	private static final double EFFECT = 3;

	/** What somebody spends in the trial for each euro that they had spent before. */
	private static final double LOYALTY = 0.4;

	@Test
	void leavesTheExpectationAndShrinksTheVariance() {
		Estimates plain = new Estimates();
		Estimates adjusted = new Estimates();
		SplittableRandom random = new SplittableRandom(SEED);
		for (int trial = 0; trial < TRIALS; trial++) {
			Arm control = Arm.drawn(random, 0);
			Arm treatment = Arm.drawn(random, EFFECT);
			plain.add(Effect.absolute(control.before().metric(), treatment.before().metric()).orElseThrow());
			adjusted.add(CupedSample.absolute(control.before(), treatment.before()).orElseThrow());
		}
		print("plain", plain);
		print("adjusted for the time before", adjusted);
		assertThat(plain.mean()).as("expectation without").isBetween(plain.around(-4), plain.around(4));
		assertThat(adjusted.mean()).as("expectation with").isBetween(adjusted.around(-4), adjusted.around(4));
		assertThat(adjusted.variance() / plain.variance()).as("what is left of the variance")
			.isCloseTo(1 - Arm.EXPLAINED, Offset.offset(0.06));
		assertThat(adjusted.claimed() / adjusted.variance()).as("said to really seen variance").isBetween(0.9, 1.1);
	}

	/**
	 * What we do not do: a covariate that lasts into the trial takes out of the effect
	 * what the treatment has put into it.
	 */
	@Test
	void wouldHideTheEffectBehindWhatItCaused() {
		Estimates adjusted = new Estimates();
		SplittableRandom random = new SplittableRandom(SEED);
		for (int trial = 0; trial < TRIALS; trial++) {
			Arm control = Arm.drawn(random, 0);
			Arm treatment = Arm.drawn(random, EFFECT);
			adjusted.add(CupedSample.absolute(control.until(), treatment.until()).orElseThrow());
		}
		print("adjusted for the time until the end", adjusted);
		assertThat(adjusted.mean()).as("a third of it is gone").isCloseTo(EFFECT * 2 / 3, Offset.offset(0.1));
	}

	private static void print(String name, Estimates estimates) {
		System.out.printf(Locale.ROOT, "seed %d: %s: effect %.3f, variance %.3f, said %.3f%n", SEED, name,
				estimates.mean(), estimates.variance(), estimates.claimed());
	}

	/**
	 * The people of one arm, summed up twice.
	 *
	 * @param before with what they had spent when the trial began
	 * @param until with what they had spent when it ended
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
				// Half of them have never bought; the others' amounts are far from normal
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

	/** What many trials said about the same effect. */
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

		/** The variance that the estimates give themselves, on the average. */
		double claimed() {
			return this.claimed / TRIALS;
		}

		/** The true effect, so many standard errors of the mean away. */
		double around(double errors) {
			return EFFECT + errors * Math.sqrt(variance() / TRIALS);
		}

	}

}
