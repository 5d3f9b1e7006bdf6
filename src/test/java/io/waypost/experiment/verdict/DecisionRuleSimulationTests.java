package io.waypost.experiment.verdict;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

import io.waypost.experiment.ExperimentDecision;
import io.waypost.experiment.ExperimentDefinition;
import io.waypost.experiment.ExperimentSettings;
import io.waypost.experiment.ExperimentTiming;
import io.waypost.experiment.GoalMetric;
import io.waypost.experiment.TestDefinitions;
import io.waypost.experiment.measure.ArmTotals;
import io.waypost.experiment.stats.BetaPosterior;
import io.waypost.experiment.stats.Effect;
import io.waypost.experiment.stats.Sample;
import io.waypost.experiment.stats.SampleRatio;
import io.waypost.experiment.stats.StatisticsOracle;
import io.waypost.experiment.stats.ThompsonSampling;
import io.waypost.experiment.stats.TwoProportionsOracle;
import io.waypost.experiment.stats.WelchOracle;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.MarsagliaTsangWangDiscreteSampler;
import org.apache.commons.rng.sampling.distribution.SharedStateDiscreteSampler;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Error rates and power of the decision rule: simulates whole experiments with an interim
 * analysis every hour. Seeds are fixed and printed.
 */
class DecisionRuleSimulationTests {

	private static final long SEED = 20261122L;

	private static final int RUNS = 2_000;

	private static final int ANALYSES = 100;

	private static final int BANDITS = 1_000;

	/** New people in each arm between two analyses. */
	private static final int STEP = 500;

	private static final double RATE = 0.02;

	private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");

	private static final DecisionRule RULE = new DecisionRule(
			new ExperimentSettings(0.05, Duration.ofMinutes(10), 100, 40));

	/** Decisions are allowed from the first analysis, which is the hardest case. */
	private static final ExperimentTiming FAST = new ExperimentTiming(Duration.ofHours(1), Duration.ZERO,
			Duration.ofHours(ANALYSES), Duration.ZERO, 0);

	@Test
	void findsNoWinnerAmongTwoEqualArms() {
		Map<ExperimentDecision, Integer> ends = simulate("A/A", 5_000, RATE, RATE);
		assertThat(ends.getOrDefault(ExperimentDecision.SHIP, 0)).as("false winners in %d runs", RUNS)
			.isLessThanOrEqualTo(RUNS * 5 / 100);
		assertThat(ends.getOrDefault(ExperimentDecision.SHIP, 0) + ends.getOrDefault(ExperimentDecision.ROLLBACK, 0))
			.as("false winners and losers")
			.isLessThanOrEqualTo(RUNS * 5 / 100);
	}

	@Test
	void findsNoWinnerAmongFourEqualArms() {
		Map<ExperimentDecision, Integer> ends = simulate("A/A/A/A", 5_000, RATE, RATE, RATE, RATE);
		assertThat(ends.getOrDefault(ExperimentDecision.SHIP, 0)).as("false winners in %d runs", RUNS)
			.isLessThanOrEqualTo(RUNS * 5 / 100);
	}

	@Test
	void findsNoWinnerAmongEqualArmsWithAnotherPlan() {
		Map<ExperimentDecision, Integer> ends = simulate("A/A planned at 100K", 100_000, RATE, RATE);
		assertThat(ends.getOrDefault(ExperimentDecision.SHIP, 0)).as("false winners in %d runs", RUNS)
			.isLessThanOrEqualTo(RUNS * 5 / 100);
	}

	@Test
	void findsALiftOfAQuarterWithFiftyThousandInEachArm() {
		Map<ExperimentDecision, Integer> ends = simulate("A/B +25 %", 5_000, RATE, 1.25 * RATE);
		assertThat(ends.getOrDefault(ExperimentDecision.SHIP, 0)).as("winners found in %d runs", RUNS)
			.isGreaterThanOrEqualTo(RUNS * 95 / 100);
	}

	@Test
	void rollsBackALossOfAQuarter() {
		Map<ExperimentDecision, Integer> ends = simulate("A/B -25 %", 5_000, RATE, 0.75 * RATE);
		assertThat(ends.getOrDefault(ExperimentDecision.ROLLBACK, 0)).as("losers found in %d runs", RUNS)
			.isGreaterThanOrEqualTo(RUNS * 95 / 100);
		assertThat(ends).doesNotContainKey(ExperimentDecision.SHIP);
	}

	/** For comparison: an ordinary test finds false winners in every third experiment. */
	@Test
	void wouldFindFalseWinnersWithARepeatedTTest() {
		int falseWinners = 0;
		SharedStateDiscreteSampler conversions = binomial(new SplittableRandom(SEED), STEP, RATE);
		for (int run = 0; run < RUNS; run++) {
			long[] arms = new long[2];
			boolean winner = false;
			for (int analysis = 1; analysis <= ANALYSES && !winner; analysis++) {
				arms[0] += conversions.sample();
				arms[1] += conversions.sample();
				Effect effect = Effect
					.absolute(Sample.proportion(analysis * (long) STEP, arms[0]),
							Sample.proportion(analysis * (long) STEP, arms[1]))
					.orElseThrow();
				winner = WelchOracle.pValue(effect) < 0.05;
			}
			falseWinners += winner ? 1 : 0;
		}
		print("A/A with a t test at every analysis", Map.of("false winners", falseWinners));
		assertThat(falseWinners).isGreaterThan(RUNS * 25 / 100);
	}

	/** Twenty thousand fair splits of 100,000 people, each analysed a hundred times. */
	@Test
	void raisesNoAlarmAtAnyOfAHundredAnalyses() {
		int runs = 20_000;
		SplittableRandom random = new SplittableRandom(SEED);
		SharedStateDiscreteSampler half = binomial(random, 1_000, 0.5);
		int alarms = 0;
		int byChiSquare = 0;
		for (int run = 0; run < runs; run++) {
			long one = 0;
			boolean alarm = false;
			boolean naive = false;
			for (int analysis = 1; analysis <= 100; analysis++) {
				one += half.sample();
				long[] people = { one, analysis * 1_000L - one };
				alarm |= isUneven(people);
				naive |= StatisticsOracle.chiSquare(people, new double[] { 1, 1 }) < SampleRatio.BLOCK_BELOW;
			}
			alarms += alarm ? 1 : 0;
			byChiSquare += naive ? 1 : 0;
		}
		print("fair splits, 100 analyses each, %,d runs".formatted(runs),
				Map.of("alarms", alarms, "alarms of a chi-square at every analysis", byChiSquare));
		assertThat(alarms).isLessThanOrEqualTo(runs * 2 / 1000);
		assertThat(byChiSquare).as("alarms of a repeated chi-square test").isGreaterThan(runs * 2 / 1000);
	}

	@Test
	void raisesNoAlarmOverAFairSplit() {
		int splits = 20_000;
		SplittableRandom random = new SplittableRandom(SEED);
		SharedStateDiscreteSampler half = binomial(random, 1_000, 0.5);
		SharedStateDiscreteSampler third = binomial(random, 1_000, 1.0 / 3);
		int alarms = 0;
		int ofThree = 0;
		for (int split = 0; split < splits; split++) {
			long one = sum(half, 100);
			alarms += isUneven(one, 100_000 - one) ? 1 : 0;
			long first = sum(third, 3);
			// The remaining people are split between the other two arms
			long rest = 3_000 - first;
			long second = sum(half, (int) (rest / 1_000)) + tosses(random, (int) (rest % 1_000));
			ofThree += isUneven(first, second, rest - second) ? 1 : 0;
		}
		print("fair splits of %,d".formatted(splits), Map.of("alarms", alarms, "alarms of three arms", ofThree));
		assertThat(alarms).isLessThanOrEqualTo(splits * 2 / 1000);
		assertThat(ofThree).isLessThanOrEqualTo(splits * 2 / 1000);
	}

	@Test
	void raisesAnAlarmWhenAnArmLosesPeople() {
		SharedStateDiscreteSampler sampled = binomial(new SplittableRandom(SEED), 1_000, 0.96);
		for (int run = 0; run < 200; run++) {
			assertThat(isUneven(50_000, sum(sampled, 50))).isTrue();
		}
	}

	/**
	 * Thompson sampling stops sampling an arm after a low result by chance, so the
	 * estimate of that arm stays too low: an ordinary test of its data finds differences
	 * that do not exist.
	 */
	@Test
	void wouldBeBiasedByTestingAllBanditData() {
		Bandits bandits = new Bandits(0, 0);
		print("Thompson, no slice, %,d runs".formatted(BANDITS),
				Map.of("false differences", bandits.wrong, "bias in points", bandits.bias()));
		assertThat(bandits.wrong).as("differences found among equal arms").isGreaterThan(BANDITS * 8 / 100);
		assertThat(bandits.meanBias()).isLessThan(-4 * bandits.standardError(50 * 1_000));
	}

	/** The uniform slice is allocated evenly at all times. */
	@Test
	void isUnbiasedOnTheUniformSlice() {
		Bandits bandits = new Bandits(0.1, 0.05);
		print("Thompson, uniform slice, %,d runs".formatted(BANDITS),
				Map.of("false differences", bandits.wrong, "bias in points", bandits.bias()));
		assertThat(bandits.wrong).as("differences found among equal arms").isLessThanOrEqualTo(BANDITS * 65 / 1000);
		double standardError = bandits.standardError(50 * 100);
		assertThat(bandits.meanBias()).isBetween(-4 * standardError, 4 * standardError);
	}

	private Map<ExperimentDecision, Integer> simulate(String name, long plannedUsers, double... rates) {
		ExperimentDefinition definition = TestDefinitions.withPlannedUsers(
				ExperimentDefinition.of("simulation", "anna", GoalMetric.CLICK, names(rates.length)).with(FAST),
				plannedUsers);
		SplittableRandom random = new SplittableRandom(SEED);
		List<SharedStateDiscreteSampler> conversions = new ArrayList<>();
		for (double rate : rates) {
			conversions.add(binomial(random, STEP, rate));
		}
		Map<ExperimentDecision, Integer> ends = new EnumMap<>(ExperimentDecision.class);
		for (int run = 0; run < RUNS; run++) {
			ends.merge(end(definition, conversions), 1, Integer::sum);
		}
		print(name, ends);
		return ends;
	}

	private static ExperimentDecision end(ExperimentDefinition definition,
			List<SharedStateDiscreteSampler> conversions) {
		long[] converted = new long[conversions.size()];
		ExperimentDecision decision = ExperimentDecision.KEEP_RUNNING;
		for (int analysis = 1; analysis <= ANALYSES && !decision.isFinal(); analysis++) {
			List<ArmTotals> totals = new ArrayList<>();
			for (int arm = 0; arm < converted.length; arm++) {
				converted[arm] += conversions.get(arm).sample();
				totals.add(new ArmTotals(analysis * (long) STEP, analysis * (long) STEP, converted[arm], Map.of()));
			}
			decision = RULE
				.decide(new ExperimentSnapshot(definition, totals, START, START.plus(definition.pace().deadline()), 0,
						START.plus(Duration.ofHours(analysis))))
				.decision();
		}
		return decision;
	}

	private static List<String> names(int arms) {
		return List.of("a", "b", "c", "d").subList(0, arms);
	}

	private static SharedStateDiscreteSampler binomial(SplittableRandom random, int people, double rate) {
		UniformRandomProvider provider = random::nextLong;
		return MarsagliaTsangWangDiscreteSampler.Binomial.of(provider, people, rate);
	}

	private static boolean isUneven(long... people) {
		double[] weights = new double[people.length];
		Arrays.fill(weights, 1);
		return SampleRatio.alwaysValid(people, weights) < SampleRatio.BLOCK_BELOW;
	}

	private static long sum(SharedStateDiscreteSampler sampler, int times) {
		long sum = 0;
		for (int time = 0; time < times; time++) {
			sum += sampler.sample();
		}
		return sum;
	}

	private static long tosses(SplittableRandom random, int times) {
		return random.longs(times).filter((toss) -> toss < 0).count();
	}

	private static void print(String name, Map<?, ?> result) {
		System.out.printf(Locale.ROOT, "seed %d: %s: %s%n", SEED, name, result);
	}

	/** Results of an ordinary test over many bandit runs. */
	private static final class Bandits {

		private int wrong;

		private double bias;

		Bandits(double slice, double floor) {
			SplittableRandom random = new SplittableRandom(SEED);
			for (int run = 0; run < BANDITS; run++) {
				TwoProportionsOracle seen = new Bandit(slice, floor, random).run(50, 1_000);
				this.wrong += (seen.pValue() < 0.05) ? 1 : 0;
				this.bias += (seen.control().mean() + seen.treatment().mean()) / 2 - RATE;
			}
		}

		double meanBias() {
			return this.bias / BANDITS;
		}

		String bias() {
			return String.format(Locale.ROOT, "%.4f", 100 * meanBias());
		}

		double standardError(int people) {
			return Math.sqrt(RATE * (1 - RATE) / people / BANDITS);
		}

	}

	/**
	 * Two equal arms under Thompson sampling with a uniform slice. The data of both parts
	 * determines the next shares.
	 */
	private static final class Bandit {

		private final double slice;

		private final double floor;

		private final SplittableRandom random;

		private final long[] chosen = new long[2];

		private final long[] convertedOfChosen = new long[2];

		private final long[] even = new long[2];

		private final long[] convertedOfEven = new long[2];

		Bandit(double slice, double floor, SplittableRandom random) {
			this.slice = slice;
			this.floor = floor;
			this.random = random;
		}

		/** Returns the data to test: the slice, or all people without a slice. */
		TwoProportionsOracle run(int rounds, int people) {
			double[] shares = { 0.5, 0.5 };
			for (int round = 0; round < rounds; round++) {
				for (int arm = 0; arm < 2; arm++) {
					int sliced = (int) (this.slice * people / 2);
					int drawn = (int) Math.round((1 - this.slice) * people * shares[arm]);
					this.even[arm] += sliced;
					this.convertedOfEven[arm] += draw(sliced);
					this.chosen[arm] += drawn;
					this.convertedOfChosen[arm] += draw(drawn);
				}
				shares = ThompsonSampling.shares(List.of(posterior(0), posterior(1)), this.floor, 100, this.random);
			}
			return (this.slice > 0) ? proportions(this.even, this.convertedOfEven)
					: proportions(this.chosen, this.convertedOfChosen);
		}

		private BetaPosterior posterior(int arm) {
			return BetaPosterior.uniformPrior(this.convertedOfChosen[arm] + this.convertedOfEven[arm],
					this.chosen[arm] + this.even[arm]);
		}

		private static TwoProportionsOracle proportions(long[] people, long[] converted) {
			return new TwoProportionsOracle(Sample.proportion(people[0], converted[0]),
					Sample.proportion(people[1], converted[1]));
		}

		/**
		 * Draws conversions by their geometric gaps: one step per conversion.
		 */
		private long draw(int people) {
			long conversions = -1;
			double position = 0;
			while (position <= people) {
				conversions++;
				position += Math.floor(Math.log1p(-this.random.nextDouble()) / Math.log1p(-RATE)) + 1;
			}
			return conversions;
		}

	}

}
