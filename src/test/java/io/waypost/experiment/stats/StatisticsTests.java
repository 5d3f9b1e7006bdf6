package io.waypost.experiment.stats;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

import org.apache.commons.statistics.inference.ChiSquareTest;
import org.apache.commons.statistics.inference.FisherExactTest;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Compares the statistics with results by hand or in closed form, and checks invariants.
 */
class StatisticsTests {

	private static final Offset<Double> EXACT = Offset.offset(1e-12);

	/**
	 * 1..4 against 3..6: means 2.5 and 4.5, variances 5/3, so t = 2 / sqrt(5/6), 6 d.o.f.
	 */
	@Test
	void computesWelchByHand() {
		Effect effect = Effect.absolute(Sample.amounts(4, 10, 30), Sample.amounts(4, 18, 86)).orElseThrow();
		assertThat(effect.estimate()).isEqualTo(2);
		assertThat(effect.variance()).isCloseTo(5.0 / 6, EXACT);
		assertThat(effect.degreesOfFreedom()).isCloseTo(6, EXACT);
		// For 6 d.o.f. the distribution has the closed form 1/2 + s (15 - 10 s² + 3 s⁴) /
		// 16, s = t / sqrt(t² + 6)
		double t = 2 / Math.sqrt(5.0 / 6);
		double s = t / Math.sqrt(t * t + 6);
		double tail = 0.5 - s * (15 - 10 * s * s + 3 * s * s * s * s) / 16;
		assertThat(WelchOracle.pValue(effect)).isCloseTo(2 * tail, EXACT);
		assertThat(WelchOracle.pValueGreater(effect)).isCloseTo(tail, EXACT);
		assertThat(WelchOracle.pValueLess(effect)).isCloseTo(1 - tail, EXACT);
	}

	/**
	 * 200 of 1,000 against 300 of 1,000: lift 1/2, variance (0.21 + 2.25 · 0.16) / 1000 /
	 * 0.04.
	 */
	@Test
	void computesLiftByTheDeltaMethod() {
		Effect lift = Effect.relative(Sample.proportion(1_000, 200), Sample.proportion(1_000, 300)).orElseThrow();
		assertThat(lift.estimate()).isCloseTo(0.5, EXACT);
		assertThat(lift.variance()).isCloseTo((0.21 + 2.25 * 0.16) / 1_000 / 0.04, EXACT);
	}

	@Test
	void isEmptyWithoutVariance() {
		assertThat(Effect.absolute(Sample.proportion(100, 0), Sample.proportion(100, 5))).isEmpty();
		assertThat(Effect.relative(Sample.proportion(0, 0), Sample.proportion(100, 5))).isEmpty();
		assertThat(Effect.absolute(Sample.amounts(1, 5, 25), Sample.amounts(2, 5, 20))).isEmpty();
	}

	/**
	 * With ρ² = 1/n: growth 2, half-width sqrt(4 v ln(sqrt(2)/α)), p = sqrt(2)
	 * exp(-z²/4).
	 */
	@Test
	void computesTheConfidenceSequenceByHand() {
		Effect effect = new Effect(3, 1, 1_000, 400);
		ConfidenceSequence sequence = new ConfidenceSequence(1.0 / 20);
		double half = Math.sqrt(4 * Math.log(Math.sqrt(2) / 0.05));
		assertThat(sequence.interval(effect, 0.05).upper()).isCloseTo(3 + half, EXACT);
		assertThat(sequence.pValue(effect)).isCloseTo(Math.sqrt(2) * Math.exp(-9.0 / 4), EXACT);
		assertThat(sequence.pValue(new Effect(0.1, 1, 1_000, 400))).isEqualTo(1);
		assertThat(new OneSidedSequenceOracle(sequence).pValueGreater(new Effect(-1, 1, 1_000, 400))).isEqualTo(0.5);
	}

	@Test
	void excludesZeroExactlyWhenThePValueIsBelowAlpha() {
		ConfidenceSequence sequence = ConfidenceSequence.tuned(0.05, 5_000);
		OneSidedSequenceOracle oneSided = new OneSidedSequenceOracle(sequence);
		for (double estimate = 0; estimate < 0.02; estimate += 0.00037) {
			Effect effect = new Effect(estimate, 4e-6, 1e4, 10_000);
			assertThat(!sequence.interval(effect, 0.05).contains(0)).isEqualTo(sequence.pValue(effect) < 0.05);
			assertThat(oneSided.above(effect, 0.05).lower() > 0).isEqualTo(oneSided.pValueGreater(effect) < 0.05);
		}
	}

	@Test
	void isWiderThanTheIntervalOfASingleAnalysis() {
		Effect effect = new Effect(0.01, 4e-6, 1e4, 10_000);
		Interval always = ConfidenceSequence.tuned(0.05, 10_000).interval(effect, 0.05);
		Interval once = WelchOracle.interval(effect, 0.05);
		assertThat((always.upper() - always.lower()) / (once.upper() - once.lower())).isBetween(1.3, 1.6);
	}

	/** Theory: the variance shrinks by 1 - ρ², with ρ = 0.5 by a quarter. */
	@Test
	void removesTheVarianceThatTheCovariateExplains() {
		SplittableRandom random = new SplittableRandom(20261122);
		CupedSample control = correlated(random, 20_000, 0);
		CupedSample treatment = correlated(random, 20_000, 0.1);
		Effect plain = Effect.absolute(control.metric(), treatment.metric()).orElseThrow();
		Effect adjusted = CupedSample.absolute(control, treatment).orElseThrow();
		assertThat(adjusted.variance() / plain.variance()).isBetween(0.73, 0.77);
		assertThat(adjusted.estimate()).isCloseTo(0.1, Offset.offset(4 * StatisticsOracle.standardError(adjusted)));
		Effect lift = StatisticsOracle.relative(control, treatment).orElseThrow();
		assertThat(lift.estimate()).isCloseTo(adjusted.estimate() / control.metric().mean(), EXACT);
	}

	@Test
	void adjustsNothingByAConstantCovariate() {
		CupedSample control = new CupedSample(Sample.amounts(4, 10, 30), Sample.amounts(4, 4, 4), 10);
		CupedSample treatment = new CupedSample(Sample.amounts(4, 18, 86), Sample.amounts(4, 4, 4), 18);
		assertThat(CupedSample.absolute(control, treatment))
			.isEqualTo(Effect.absolute(control.metric(), treatment.metric()));
	}

	/**
	 * Of 1..201 the 99.5th percentile is the 200th: (201 - 1) · 0.995 = 199 from the
	 * first.
	 */
	@Test
	void capsAmountsAtAQuantileOfBuyers() {
		double[] amounts = DoubleStream
			.concat(IntStream.rangeClosed(1, 201).asDoubleStream(), Arrays.stream(new double[10_000]))
			.toArray();
		assertThat(WinsorisingOracle.cap(amounts, 0.995)).isCloseTo(200, EXACT);
		assertThat(WinsorisingOracle.sample(amounts, 200).sum()).isEqualTo(201 * 202 / 2.0 - 1);
		assertThat(WinsorisingOracle.cap(new double[10], 0.995)).isInfinite();
	}

	/** 5,100 and 4,900: χ² = 2 · 100² / 5,000 = 4, and P(χ²₁ > 4) = 2 (1 - Φ(2)). */
	@Test
	void computesTheSampleRatioByHand() {
		assertThat(StatisticsOracle.chiSquare(new long[] { 5_100, 4_900 }, new double[] { 1, 1 }))
			.isCloseTo(0.04550026389635842, EXACT);
		// Two degrees of freedom: exp(-χ²/2), here χ² = (20² + 10² + 10²) / 100 = 6
		assertThat(StatisticsOracle.chiSquare(new long[] { 120, 90, 90 }, new double[] { 5, 5, 5 }))
			.isCloseTo(Math.exp(-3), EXACT);
		assertThat(StatisticsOracle.chiSquare(new long[] { 0, 0 }, new double[] { 1, 1 })).isEqualTo(1);
		assertThat(StatisticsOracle.chiSquare(new long[] { 70 }, new double[] { 1 })).isEqualTo(1);
	}

	/**
	 * Two arms, Dirichlet(100, 100): after one person in the first arm the factor is
	 * (100/200) / (1/2) = 1, after two it is (100/200)(101/201) / (1/4) = 202/201.
	 */
	@Test
	void computesTheAlwaysValidSampleRatioByHand() {
		double[] even = { 1, 1 };
		assertThat(SampleRatio.alwaysValid(new long[] { 1, 0 }, even)).isCloseTo(1, EXACT);
		assertThat(SampleRatio.alwaysValid(new long[] { 2, 0 }, even)).isCloseTo(201.0 / 202, EXACT);
		assertThat(SampleRatio.alwaysValid(new long[] { 0, 0 }, even)).isEqualTo(1);
		assertThat(SampleRatio.alwaysValid(new long[] { 70 }, new double[] { 1 })).isEqualTo(1);
		// Dirichlet(2, 198): 2/200 · 3/201 for a share of 1/100 each time, shifted series
		assertThat(SampleRatio.alwaysValid(new long[] { 2, 0 }, new double[] { 1, 99 }))
			.isCloseTo(0.0001 / (2.0 / 200 * 3 / 201), EXACT);
		assertThat(SampleRatio.alwaysValid(new long[] { 50_000, 48_000 }, even)).isLessThan(1e-6);
		assertThat(SampleRatio.alwaysValid(new long[] { 600, 400 }, even)).isLessThan(SampleRatio.BLOCK_BELOW);
	}

	/** The lady tasting tea, 3 of 4: p = 34/70 two-sided (17/70 one-sided, symmetric). */
	@Test
	void computesFishersExactTest() {
		TwoProportionsOracle fishersTea = new TwoProportionsOracle(Sample.proportion(4, 1), Sample.proportion(4, 3));
		assertThat(fishersTea.fisherExact()).isCloseTo(34.0 / 70, EXACT);
		assertThat(fishersTea.chiSquare()).isCloseTo(2, EXACT);
		assertThat(fishersTea.z()).isCloseTo(Math.sqrt(2), EXACT);
	}

	/** Compares with commons-statistics on random tables. */
	@Test
	void agreesWithCommonsStatisticsOnTables() {
		SplittableRandom random = new SplittableRandom(20261122);
		for (int run = 0; run < 500; run++) {
			int[][] table = { { random.nextInt(60), 1 + random.nextInt(60) },
					{ 1 + random.nextInt(60), random.nextInt(900) } };
			TwoProportionsOracle two = new TwoProportionsOracle(
					Sample.proportion(table[0][0] + table[0][1], table[0][0]),
					Sample.proportion(table[1][0] + table[1][1], table[1][0]));
			assertThat(two.fisherExact()).isCloseTo(FisherExactTest.withDefaults().test(table).getPValue(), EXACT);
			long[][] longs = { { table[0][0], table[0][1] }, { table[1][0], table[1][1] } };
			assertThat(two.chiSquare()).isCloseTo(ChiSquareTest.withDefaults().statistic(longs), Offset.offset(1e-8));
			long[] people = { 1 + random.nextInt(99), 1 + random.nextInt(99), 1 + random.nextInt(99) };
			double[] weights = { 1, 2.5, 1.5 };
			assertThat(StatisticsOracle.chiSquare(people, weights))
				.isCloseTo(ChiSquareTest.withDefaults().test(weights, people).getPValue(), EXACT);
		}
	}

	@Test
	void adjustsForSeveralTestsByHand() {
		assertThat(MultipleComparisons.holm(0.01, 0.04, 0.03)).containsExactly(new double[] { 0.03, 0.06, 0.06 },
				EXACT);
		assertThat(StatisticsOracle.benjaminiHochberg(0.01, 0.04, 0.03))
			.containsExactly(new double[] { 0.03, 0.04, 0.04 }, EXACT);
		assertThat(StatisticsOracle.bonferroni(0.01, 0.04, 0.5)).containsExactly(new double[] { 0.03, 0.12, 1 }, EXACT);
		assertThat(MultipleComparisons.holm()).isEmpty();
	}

	/** The published sample size for a rate of 2 % and a lift of 25 %. */
	@Test
	void computesTheSampleSize() {
		assertThat(new SampleSize(0.02, 0.25, 0.05, 0.8).perArm()).isBetween(13_700.0, 13_900.0);
		assertThat(new SampleSize(0.02, 0.10, 0.05, 0.8).perArm()).isBetween(80_600.0, 80_800.0);
		assertThat(StatisticsOracle.sampleSizeByArcsine(new SampleSize(0.02, 0.25, 0.05, 0.8))).isBetween(13_700.0,
				13_900.0);
	}

	/** Beta(1, 1) against Beta(2, 1): P = 1/3, losses 1/4 and 1/12. */
	@Test
	void comparesRatesInClosedForm() {
		BetaPosterior flat = new BetaPosterior(1, 1);
		BetaPosterior rising = new BetaPosterior(2, 1);
		assertThat(StatisticsOracle.chanceToBeat(flat, rising)).isCloseTo(1.0 / 3, EXACT);
		assertThat(StatisticsOracle.chanceToBeat(rising, flat)).isCloseTo(2.0 / 3, EXACT);
		// E[(rising - flat)+] - E[(flat - rising)+] = 2/3 - 1/2, the second is ∫ x² (1 -
		// x) dx = 1/12
		assertThat(StatisticsOracle.expectedLoss(rising, flat)).isCloseTo(1.0 / 12, EXACT);
		assertThat(StatisticsOracle.expectedLoss(flat, rising)).isCloseTo(1.0 / 4, EXACT);
		assertThat(BetaPosterior.chancesToBeBest(List.of(flat, flat, flat)))
			.containsExactly(new double[] { 1.0 / 3, 1.0 / 3, 1.0 / 3 }, EXACT);
		assertThat(StatisticsOracle.informedPosterior(0, 0, 0.02, 50)).isEqualTo(new BetaPosterior(1, 49));
	}

	@Test
	void keepsAMinimumShareAndPrefersTheBetterArm() {
		RandomGenerator random = new SplittableRandom(20261122);
		List<BetaPosterior> arms = List.of(BetaPosterior.uniformPrior(200, 10_000),
				BetaPosterior.uniformPrior(300, 10_000), BetaPosterior.uniformPrior(100, 10_000));
		double[] shares = ThompsonSampling.shares(arms, 0.05, random);
		assertThat(Arrays.stream(shares).sum()).isCloseTo(1, EXACT);
		assertThat(shares[1]).as("best arm and runner-up share the rounds")
			.isCloseTo(0.05 + 0.85 * 0.5, Offset.offset(0.01));
		assertThat(shares[0]).isCloseTo(0.05 + 0.85 * 0.5, Offset.offset(0.01));
		assertThat(shares[2]).isCloseTo(0.05, Offset.offset(0.001));
		assertThatIllegalArgumentException().isThrownBy(() -> ThompsonSampling.shares(arms, 0.4, random));
	}

	private static CupedSample correlated(SplittableRandom random, int people, double effect) {
		double[] sums = new double[5];
		for (int person = 0; person < people; person++) {
			double before = 5 + random.nextGaussian();
			double after = 5 + effect + 0.5 * (before - 5) + Math.sqrt(0.75) * random.nextGaussian();
			sums[0] += after;
			sums[1] += after * after;
			sums[2] += before;
			sums[3] += before * before;
			sums[4] += after * before;
		}
		return new CupedSample(Sample.amounts(people, sums[0], sums[1]), Sample.amounts(people, sums[2], sums[3]),
				sums[4]);
	}

}
