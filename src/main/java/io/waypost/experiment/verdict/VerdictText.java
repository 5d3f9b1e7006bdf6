package io.waypost.experiment.verdict;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import io.waypost.experiment.ExperimentArmResult.GuardrailMetricResult.GuardrailState;
import io.waypost.experiment.GoalMetric;
import io.waypost.experiment.Lift;
import io.waypost.experiment.stats.Interval;
import io.waypost.experiment.stats.SampleSize;

/**
 * Verdicts in the words of a marketer. They claim what the numbers carry and no more; a
 * shrug is called one.
 */
final class VerdictText {

	/** A lift that is worth a test. */
	private static final double WORTHWHILE = 0.1;

	private VerdictText() {
	}

	static String sampleRatioMismatch(double pValue) {
		return format(
				"The arms did not get the numbers of people they should have (chance of that by luck, at whatever look: %s). "
						+ "Something decides who is counted, so none of these numbers can be trusted: find out what, then start"
						+ " a new version.",
				probability(pValue));
	}

	static String runTooShort(ExperimentSnapshot standing) {
		return format("it has run for %s of at least %s", hours(Duration.between(standing.startedAt(), standing.now())),
				hours(standing.definition().pace().minimumRun()));
	}

	static String tooFew(long number, long minimum, String what) {
		return format("the smallest arm has %,d %s of at least %,d", number, what, minimum);
	}

	static String tooEarly(String missing) {
		return "Too early to say: " + missing + ".";
	}

	static String notEnough(String missing) {
		return "There is not enough to say anything: " + missing + ".";
	}

	static String nothingToCompare() {
		return "One arm alone has nothing to be compared with; see its lift against those held out.";
	}

	static String ship(ExperimentSnapshot standing, Challenger best) {
		return format(
				"Send \"%s\": %s than \"%s\" by %s, for sure between %s. Unsubscribes, complaints and bounces stay"
						+ " within their margins.",
				best.arm(), better(standing), standing.definition().defaultArm(), points(best.effect().estimate()),
				between(best.interval()));
	}

	static String guardrailDoubtful(ExperimentSnapshot standing, Challenger best) {
		return format(
				"\"%s\" is %s than \"%s\" by %s, but %s beyond the margin, perhaps by chance. A person should"
						+ " decide.",
				best.arm(), better(standing), standing.definition().defaultArm(), points(best.effect().estimate()),
				harms(standing, best, GuardrailState.DOUBTFUL));
	}

	static String guardrailBroken(ExperimentSnapshot standing, Challenger best) {
		return format(
				"\"%s\" is %s than \"%s\" by %s, but it does harm: %s beyond the margin for sure. A person should"
						+ " decide; we would not send it.",
				best.arm(), better(standing), standing.definition().defaultArm(), points(best.effect().estimate()),
				harms(standing, best, GuardrailState.BROKEN));
	}

	/** Which guardrails of an arm stand so. */
	private static String harms(ExperimentSnapshot standing, Challenger one, GuardrailState state) {
		ArmComparisons comparisons = new ArmComparisons(standing);
		List<String> harms = standing.definition()
			.guardrails()
			.stream()
			.filter((guardrail) -> comparisons.guardrail(one.arm(), guardrail) == state)
			.map((guardrail) -> guardrail.harm().name().toLowerCase(Locale.ROOT) + "s")
			.toList();
		return String.join(" and ", harms) + " are";
	}

	static String rollback(ExperimentSnapshot standing, List<Challenger> challengers) {
		return format("Go back to \"%s\": %s.", standing.definition().defaultArm(),
				challengers.stream()
					.map((one) -> one.isHarmful() ? format("\"%s\" does harm beyond its margin", one.arm())
							: format("\"%s\" is worse by %s (between %s)", one.arm(), points(-one.effect().estimate()),
									between(new Interval(-one.interval().upper(), -one.interval().lower()))))
					.collect(Collectors.joining(", ")));
	}

	static String notClear(ExperimentSnapshot standing, List<Challenger> challengers) {
		return "Not clear yet: " + differences(standing, challengers) + ".";
	}

	static String noDifference(ExperimentSnapshot standing, List<Challenger> challengers) {
		return "No arm can be told apart from \"" + standing.definition().defaultArm() + "\": "
				+ differences(standing, challengers) + "." + wanted(standing);
	}

	static String extended(ExperimentSnapshot standing, String why) {
		return why + format(" The test runs %s longer (%d more of that are allowed).",
				hours(standing.definition().pace().extension()), standing.extensionsLeft() - 1);
	}

	static String inconclusive(ExperimentSnapshot standing, String why) {
		return why + format(" The time is over, so \"%s\" stays: because it is the default, not because it won.",
				standing.definition().defaultArm());
	}

	static String concludedByHand(String actor, String arm) {
		return format("\"%s\" was chosen by %s, whatever the test says.", arm, actor);
	}

	static String abandoned(String arm, String seen) {
		return format("Nobody decided in time: \"%s\" is what there was before, it did not win. The last look: %s", arm,
				seen);
	}

	/** The lift of orders and money. */
	static String lift(Lift.IncrementalTotal orders, Lift.IncrementalTotal revenue) {
		return gain("orders", orders) + " " + gain("revenue", revenue);
	}

	private static String gain(String what, Lift.IncrementalTotal gain) {
		return gain.distinguishable()
				? format("Additional %s: %,.0f, for sure between %,.0f and %,.0f.", what, gain.total(),
						gain.interval().lower(), gain.interval().upper())
				: format("Additional %s: not distinguishable from 0 (between %,.0f and %,.0f).", what,
						gain.interval().lower(), gain.interval().upper());
	}

	private static String differences(ExperimentSnapshot standing, List<Challenger> challengers) {
		if (challengers.isEmpty()) {
			return "the arms do not vary";
		}
		return challengers.stream()
			.map((one) -> format("the difference of \"%s\" to \"%s\" is between %s", one.arm(),
					standing.definition().defaultArm(), between(one.interval())))
			.collect(Collectors.joining(", "));
	}

	/** What it would take, in two figures: more would promise too much. */
	private static String wanted(ExperimentSnapshot standing) {
		double rate = standing.control().metric().mean();
		if (rate <= 0 || rate * (1 + WORTHWHILE) >= 1) {
			return "";
		}
		double people = new SampleSize(rate, WORTHWHILE, ArmComparisons.ALPHA, 0.8).perArm();
		double unit = Math.pow(10, Math.floor(Math.log10(people)) - 1);
		return format(" To find a lift of %.0f %% takes about %,.0f people in each arm.", 100 * WORTHWHILE,
				Math.ceil(people / unit) * unit);
	}

	private static String better(ExperimentSnapshot standing) {
		return (standing.definition().metric() == GoalMetric.CLICK) ? "clicked more often" : "bought more often";
	}

	private static String between(Interval interval) {
		return format("%+.2f and %+.2f points", 100 * interval.lower(), 100 * interval.upper());
	}

	private static String points(double rate) {
		return format("%.2f percentage points", 100 * rate);
	}

	private static String probability(double pValue) {
		return (pValue < 1e-6) ? "below one in a million" : format("one in %,.0f", 1 / pValue);
	}

	private static String hours(Duration duration) {
		if (duration.compareTo(Duration.ofHours(48)) >= 0) {
			return format("%d days", duration.toDays());
		}
		return (duration.compareTo(Duration.ofHours(2)) >= 0) ? format("%d hours", duration.toHours())
				: format("%d minutes", duration.toMinutes());
	}

	private static String format(String pattern, Object... arguments) {
		return String.format(Locale.ROOT, pattern, arguments);
	}

}
