package io.waypost.experiment.stats;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Compares the statistics with reference vectors of GrowthBook's gbstats 0.8.0,
 * statsmodels 0.13.5 and scipy 1.10.1. Tolerances: 1e-9 relative for closed forms; 1e-7
 * where the reference integrates numerically or searches; additionally 1e-12 absolute for
 * p-values and tails, because the reference computes small ones as 1 - cdf.
 */
class ReferenceVectorTests {

	private static final Path DATA = Path.of("../shared/data/stats_oracles/vectors_train.jsonl");

	/** GrowthBook's tuning is not in the file; this is one of its defaults. */
	private static final List<Double> TUNINGS = List.of(10.0, 500.0, 1_000.0, 5_000.0, 6_461.0, 10_000.0, 50_000.0);

	/** GrowthBook's default. */
	private static final double TUNING = 5_000;

	/** Feature drift is not part of this package. */
	private static final List<String> NOT_OURS = List.of("drift_numeric", "drift_categorical");

	private static final double CLOSED_FORM = 1e-9;

	private static final double NUMERICAL = 1e-7;

	private static final double TINY = 1e-12;

	private static List<JsonNode> lines = List.of();

	@BeforeAll
	static void readLines() throws IOException {
		if (!Files.exists(DATA)) {
			return;
		}
		ObjectMapper json = new ObjectMapper();
		List<JsonNode> read = new ArrayList<>();
		for (String line : Files.readAllLines(DATA)) {
			read.add(json.readTree(line));
		}
		lines = read;
	}

	@Test
	void agreesWithEveryLine() {
		assumeTrue(Files.exists(DATA), "no ../shared/data here: the reference vectors are not compared");
		Map<String, Integer> compared = new TreeMap<>();
		for (JsonNode line : lines) {
			String test = line.path("test").asText();
			if (!NOT_OURS.contains(test)) {
				compare(test, line);
				compared.merge(test, 1, Integer::sum);
			}
		}
		assertThat(compared).containsOnlyKeys("TwoSidedTTest", "OneSidedTreatmentGreaterTTest",
				"OneSidedTreatmentLesserTTest", "SequentialTwoSidedTTest", "SequentialOneSidedTreatmentGreaterTTest",
				"SequentialOneSidedTreatmentLesserTTest", "EffectBayesianABTest", "check_srm", "two_proportions",
				"sample_size_per_arm", "beta_binomial_uniform_prior", "thompson_p_best_uniform_prior",
				"multiple_testing");
		assertThat(compared.values().stream().mapToInt(Integer::intValue).sum()).isGreaterThanOrEqualTo(590);
	}

	private static void compare(String test, JsonNode line) {
		switch (test) {
			case "check_srm" -> compareSampleRatio(line);
			case "two_proportions" -> compareTwoProportions(line);
			case "sample_size_per_arm" -> compareSampleSize(line);
			case "beta_binomial_uniform_prior" -> compareBeta(line);
			case "thompson_p_best_uniform_prior" -> compareBest(line);
			case "multiple_testing" -> compareMultiple(line);
			default -> compareEffect(test, line);
		}
	}

	private static void compareEffect(String test, JsonNode line) {
		JsonNode result = line.path("result");
		Optional<Effect> found = effect(line);
		if (!result.path("errorMessage").isNull()) {
			assertThat(found).as("%s", line).isEmpty();
			return;
		}
		Effect effect = found.orElseThrow();
		double alpha = line.path("config").path("alpha").asDouble(0.05);
		if (test.equals("EffectBayesianABTest")) {
			compareBayesian(line, effect, alpha);
			return;
		}
		close(line, effect.estimate(), result.path("expected"), CLOSED_FORM);
		close(line, StatisticsOracle.standardError(effect), result.path("uplift").path("stddev"), CLOSED_FORM);
		switch (test) {
			case "TwoSidedTTest" ->
				compareTest(line, WelchOracle.interval(effect, alpha), WelchOracle.pValue(effect), TINY);
			case "OneSidedTreatmentGreaterTTest" ->
				compareTest(line, WelchOracle.above(effect, alpha), WelchOracle.pValueGreater(effect), TINY);
			case "OneSidedTreatmentLesserTTest" ->
				compareTest(line, WelchOracle.below(effect, alpha), WelchOracle.pValueLess(effect), TINY);
			case "SequentialTwoSidedTTest" -> compareSequential(line, effect, alpha);
			case "SequentialOneSidedTreatmentGreaterTTest" -> {
				OneSidedSequenceOracle sequence = OneSidedSequenceOracle.tuned(alpha, TUNING);
				// The reference searches its p-value up to 0.4999 and stops within 1e-3
				compareTest(line, sequence.above(effect, alpha), sequence.pValueGreater(effect), 1e-3);
			}
			case "SequentialOneSidedTreatmentLesserTTest" -> {
				OneSidedSequenceOracle sequence = OneSidedSequenceOracle.tuned(alpha, TUNING);
				compareTest(line, sequence.below(effect, alpha), sequence.pValueGreater(mirrored(effect)), 1e-3);
			}
			default -> fail("Nothing compares %s", test);
		}
	}

	private static void compareTest(JsonNode line, Interval interval, double pValue, double tolerance) {
		JsonNode result = line.path("result");
		close(line, interval.lower(), result.path("ci").path(0), NUMERICAL);
		close(line, interval.upper(), result.path("ci").path(1), NUMERICAL);
		assertThat(pValue).as("%s", line)
			.isCloseTo(result.path("pValue").asDouble(), Offset.offset(tolerance + NUMERICAL * pValue));
	}

	private static void compareSequential(JsonNode line, Effect effect, double alpha) {
		double upper = line.path("result").path("ci").path(1).asDouble();
		ConfidenceSequence tuned = TUNINGS.stream()
			.map((tuning) -> ConfidenceSequence.tuned(alpha, tuning))
			.filter((sequence) -> Math.abs(sequence.interval(effect, alpha).upper() / upper - 1) < NUMERICAL)
			.findFirst()
			.orElseGet(() -> fail("No tuning gives the interval of %s", line));
		compareTest(line, tuned.interval(effect, alpha), tuned.pValue(effect), TINY);
	}

	private static void compareBayesian(JsonNode line, Effect effect, double alpha) {
		JsonNode result = line.path("result");
		EffectPosteriorOracle posterior = posterior(line, effect);
		close(line, posterior.mean(), result.path("expected"), NUMERICAL);
		close(line, posterior.standardDeviation(), result.path("uplift").path("stddev"), NUMERICAL);
		close(line, posterior.interval(alpha).lower(), result.path("ci").path(0), NUMERICAL);
		close(line, posterior.interval(alpha).upper(), result.path("ci").path(1), NUMERICAL);
		close(line, posterior.chanceToWin(), result.path("chanceToWin"), NUMERICAL);
		close(line, posterior.lossOfControl(), result.path("risk").path(0), NUMERICAL);
		close(line, posterior.lossOfTreatment(), result.path("risk").path(1), NUMERICAL);
	}

	/** A prior in the other unit is scaled by the control's mean. */
	private static EffectPosteriorOracle posterior(JsonNode line, Effect effect) {
		JsonNode config = line.path("config");
		JsonNode prior = config.path("prior_effect");
		if (!prior.path("proper").asBoolean()) {
			return EffectPosteriorOracle.flatPrior(effect);
		}
		double base = Math.abs(sample(line.path("stat_a")).mean());
		boolean relative = isRelative(line);
		boolean relativePrior = config.path("prior_type").asText().equals("relative");
		double scale = (relative == relativePrior) ? 1 : (relativePrior ? base : 1 / base);
		return EffectPosteriorOracle.informed(effect, prior.path("mean").asDouble() * scale,
				prior.path("variance").asDouble() * scale * scale);
	}

	private static void compareSampleRatio(JsonNode line) {
		long[] users = StreamSupport.stream(line.path("users").spliterator(), false)
			.mapToLong(JsonNode::asLong)
			.toArray();
		close(line, StatisticsOracle.chiSquare(users, doubles(line.path("weights"))),
				line.path("result").path("p_value"), CLOSED_FORM);
	}

	private static void compareTwoProportions(JsonNode line) {
		JsonNode result = line.path("result");
		TwoProportionsOracle two = new TwoProportionsOracle(proportion(line.path("control")),
				proportion(line.path("treatment")));
		close(line, two.z(), result.path("z_pooled"), CLOSED_FORM);
		close(line, two.pValue(), result.path("p_two_sided"), CLOSED_FORM);
		close(line, two.chiSquare(), result.path("chi2_no_correction"), CLOSED_FORM);
		close(line, two.pValue(), result.path("chi2_p"), CLOSED_FORM);
		close(line, two.fisherExact(), result.path("fisher_exact_p"), NUMERICAL);
		close(line, two.difference(0.05).lower(), result.path("diff_newcombe95").path(0), CLOSED_FORM);
		close(line, two.difference(0.05).upper(), result.path("diff_newcombe95").path(1), CLOSED_FORM);
		Interval wilson = TwoProportionsOracle.wilson(two.treatment(), 0.05);
		close(line, wilson.lower(), result.path("treatment_wilson95").path(0), CLOSED_FORM);
		close(line, wilson.upper(), result.path("treatment_wilson95").path(1), CLOSED_FORM);
	}

	private static void compareSampleSize(JsonNode line) {
		SampleSize size = new SampleSize(line.path("baseline").asDouble(), line.path("relative_mde").asDouble(),
				line.path("alpha").asDouble(), line.path("power").asDouble());
		close(line, size.perArm(), line.path("result").path("n_normal_unpooled"), CLOSED_FORM);
		// statsmodels stops searching within 1e-5
		close(line, StatisticsOracle.sampleSizeByArcsine(size), line.path("result").path("n_arcsine_cohen_h"), 1e-5);
	}

	private static void compareBeta(JsonNode line) {
		JsonNode result = line.path("result");
		BetaPosterior control = beta(line.path("control"));
		BetaPosterior treatment = beta(line.path("treatment"));
		close(line, StatisticsOracle.chanceToBeat(treatment, control), result.path("p_treatment_beats_control"),
				NUMERICAL);
		close(line, StatisticsOracle.expectedLoss(treatment, control), result.path("expected_loss_choosing_treatment"),
				NUMERICAL);
		close(line, StatisticsOracle.interval(treatment, 0.05).lower(),
				result.path("treatment_ci95_equal_tailed").path(0), NUMERICAL);
		close(line, StatisticsOracle.interval(treatment, 0.05).upper(),
				result.path("treatment_ci95_equal_tailed").path(1), NUMERICAL);
	}

	private static void compareBest(JsonNode line) {
		List<BetaPosterior> arms = StreamSupport.stream(line.path("arms").spliterator(), false)
			.map(ReferenceVectorTests::beta)
			.toList();
		each(line, BetaPosterior.chancesToBeBest(arms), line.path("result").path("p_best"));
	}

	private static void compareMultiple(JsonNode line) {
		double[] pValues = doubles(line.path("p_values"));
		each(line, StatisticsOracle.bonferroni(pValues), line.path("result").path("bonferroni"));
		each(line, MultipleComparisons.holm(pValues), line.path("result").path("holm"));
		each(line, StatisticsOracle.benjaminiHochberg(pValues), line.path("result").path("fdr_bh"));
	}

	private static Optional<Effect> effect(JsonNode line) {
		JsonNode a = line.path("stat_a");
		JsonNode b = line.path("stat_b");
		if (a.path("type").asText().equals("RegressionAdjustedStatistic")) {
			return isRelative(line) ? StatisticsOracle.relative(adjusted(a), adjusted(b))
					: CupedSample.absolute(adjusted(a), adjusted(b));
		}
		return isRelative(line) ? Effect.relative(sample(a), sample(b)) : Effect.absolute(sample(a), sample(b));
	}

	private static boolean isRelative(JsonNode line) {
		return line.path("config").path("difference_type").asText("relative").equals("relative");
	}

	private static Effect mirrored(Effect effect) {
		return new Effect(-effect.estimate(), effect.variance(), effect.degreesOfFreedom(), effect.units());
	}

	private static CupedSample adjusted(JsonNode node) {
		return new CupedSample(sample(node.path("post_statistic")), sample(node.path("pre_statistic")),
				node.path("post_pre_sum_of_products").asDouble());
	}

	private static Sample sample(JsonNode node) {
		return node.path("type").asText().equals("ProportionStatistic") ? proportion(node) : Sample
			.amounts(node.path("n").asLong(), node.path("sum").asDouble(), node.path("sum_squares").asDouble());
	}

	private static Sample proportion(JsonNode node) {
		return Sample.proportion(node.path("n").asLong(), node.path("sum").asDouble());
	}

	private static BetaPosterior beta(JsonNode node) {
		return BetaPosterior.uniformPrior(node.path("sum").asDouble(), node.path("n").asDouble());
	}

	private static double[] doubles(JsonNode array) {
		return StreamSupport.stream(array.spliterator(), false).mapToDouble(JsonNode::asDouble).toArray();
	}

	private static void each(JsonNode line, double[] actual, JsonNode expected) {
		assertThat(actual).as("%s", line).hasSize(expected.size());
		for (int place = 0; place < actual.length; place++) {
			close(line, actual[place], expected.path(place), NUMERICAL);
		}
	}

	private static void close(JsonNode line, double actual, JsonNode expected, double relative) {
		assertThat(expected.isMissingNode()).as("nothing to compare with in %s", line).isFalse();
		double wanted = expected.isTextual() ? Double.parseDouble(expected.asText()) : expected.asDouble();
		if (Double.isInfinite(wanted)) {
			assertThat(actual).as("%s", line).isEqualTo(wanted);
		}
		else {
			assertThat(actual).as("%s", line).isCloseTo(wanted, Offset.offset(TINY + relative * Math.abs(wanted)));
		}
	}

}
