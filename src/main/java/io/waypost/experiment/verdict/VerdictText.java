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
 * Formats the explanation of verdicts for marketers. The texts claim no more than the
 * data supports.
 */
final class VerdictText {

	/** Smallest lift that is worth a test; used to suggest a sample size. */
	private static final double RELEVANT_LIFT = 0.1;

	private static final double POWER = 0.8;

	private VerdictText() {
	}

	static String sampleRatioMismatch(double pValue) {
		return format(
				"Sample ratio mismatch: the variants did not get their planned share of recipients (if the split were "
						+ "fair, this would happen in %s tests). None of these numbers can be trusted. Find the cause, then "
						+ "start a new version.",
				probability(pValue));
	}

	static String runTooShort(ExperimentSnapshot snapshot) {
		return format("it has run for %s and needs at least %s",
				duration(Duration.between(snapshot.startedAt(), snapshot.now())),
				duration(snapshot.definition().pace().minimumRun()));
	}

	static String tooFew(long number, long minimum, String what) {
		return format("the smallest variant has %,d %s and needs at least %,d", number, what, minimum);
	}

	static String tooEarly(String missing) {
		return "Too early to say: " + missing + ".";
	}

	static String notEnough(String missing) {
		return "There is not enough data for a result: " + missing + ".";
	}

	static String nothingToCompare() {
		return "With a single variant there is no comparison; see its lift vs the control group.";
	}

	static String ship(ExperimentSnapshot snapshot, Challenger best) {
		return format(
				"Send \"%s\": %s than \"%s\" by %s (confidence interval %s). Unsubscribes, complaints and bounces "
						+ "are within their margins.",
				best.arm(), better(snapshot), snapshot.definition().defaultArm(), points(best.effect().estimate()),
				interval(best.interval()));
	}

	static String guardrailDoubtful(ExperimentSnapshot snapshot, Challenger best) {
		return format(
				"\"%s\" is %s than \"%s\" by %s, but %s beyond the margin, possibly by chance. A user has to "
						+ "decide.",
				best.arm(), better(snapshot), snapshot.definition().defaultArm(), points(best.effect().estimate()),
				guardrails(snapshot, best, GuardrailState.DOUBTFUL));
	}

	static String guardrailBroken(ExperimentSnapshot snapshot, Challenger best) {
		return format(
				"\"%s\" is %s than \"%s\" by %s, but it breaks a guardrail: %s significantly beyond the margin. A "
						+ "user has to decide; sending it is not recommended.",
				best.arm(), better(snapshot), snapshot.definition().defaultArm(), points(best.effect().estimate()),
				guardrails(snapshot, best, GuardrailState.BROKEN));
	}

	/** Names the guardrail metrics of an arm that have the given state. */
	private static String guardrails(ExperimentSnapshot snapshot, Challenger challenger, GuardrailState state) {
		ArmComparisons comparisons = new ArmComparisons(snapshot);
		return snapshot.definition()
			.guardrails()
			.stream()
			.filter((guardrail) -> comparisons.guardrail(challenger.arm(), guardrail) == state)
			.map((guardrail) -> guardrail.harm().name().toLowerCase(Locale.ROOT) + "s")
			.collect(Collectors.joining(" and ", "", " are"));
	}

	static String rollback(ExperimentSnapshot snapshot, List<Challenger> challengers) {
		return format("Use \"%s\": %s.", snapshot.definition().defaultArm(),
				challengers.stream()
					.map((one) -> one.isHarmful() ? format("\"%s\" breaks a guardrail", one.arm())
							: format("\"%s\" is worse by %s (confidence interval %s)", one.arm(),
									points(-one.effect().estimate()),
									interval(new Interval(-one.interval().upper(), -one.interval().lower()))))
					.collect(Collectors.joining(", ")));
	}

	static String notSignificant(ExperimentSnapshot snapshot, List<Challenger> challengers) {
		return "Not significant yet: " + differences(snapshot, challengers) + ".";
	}

	static String noDifference(ExperimentSnapshot snapshot, List<Challenger> challengers) {
		return "No variant differs significantly from \"" + snapshot.definition().defaultArm() + "\": "
				+ differences(snapshot, challengers) + "." + neededRecipients(snapshot);
	}

	static String extended(ExperimentSnapshot snapshot, String reason) {
		return reason + format(" The test runs %s longer (%d more extensions are allowed).",
				duration(snapshot.definition().pace().extension()), snapshot.extensionsLeft() - 1);
	}

	static String inconclusive(ExperimentSnapshot snapshot, String reason) {
		return reason + format(" The test is over. \"%s\" is used because it is the default, not because it won.",
				snapshot.definition().defaultArm());
	}

	static String concludedManually(String actor, String arm) {
		return format("\"%s\" was chosen by %s, regardless of the test result.", arm, actor);
	}

	static String abandoned(String arm, String lastSentence) {
		return format(
				"No decision was made in time: \"%s\" is used because it is the default, not because it won. Last analysis: %s",
				arm, lastSentence);
	}

	/** Summarises incremental orders and revenue. */
	static String lift(Lift.IncrementalTotal orders, Lift.IncrementalTotal revenue) {
		return incremental("orders", orders) + " " + incremental("revenue", revenue);
	}

	private static String incremental(String what, Lift.IncrementalTotal total) {
		return total.distinguishable()
				? format("Incremental %s: %,.0f (confidence interval %,.0f to %,.0f).", what, total.total(),
						total.interval().lower(), total.interval().upper())
				: format("Incremental %s: not distinguishable from 0 (confidence interval %,.0f to %,.0f).", what,
						total.interval().lower(), total.interval().upper());
	}

	private static String differences(ExperimentSnapshot snapshot, List<Challenger> challengers) {
		if (challengers.isEmpty()) {
			return "no variant has any variation";
		}
		return challengers.stream()
			.map((one) -> format("the confidence interval of \"%s\" vs \"%s\" is %s", one.arm(),
					snapshot.definition().defaultArm(), interval(one.interval())))
			.collect(Collectors.joining(", "));
	}

	/** The sample size for a relevant lift, rounded to two significant digits. */
	private static String neededRecipients(ExperimentSnapshot snapshot) {
		double rate = snapshot.control().metric().mean();
		if (rate <= 0 || rate * (1 + RELEVANT_LIFT) >= 1) {
			return "";
		}
		double people = new SampleSize(rate, RELEVANT_LIFT, ArmComparisons.ALPHA, POWER).perArm();
		double unit = Math.pow(10, Math.floor(Math.log10(people)) - 1);
		return format(" Finding a lift of %.0f %% takes about %,.0f recipients per variant.", 100 * RELEVANT_LIFT,
				Math.ceil(people / unit) * unit);
	}

	private static String better(ExperimentSnapshot snapshot) {
		return (snapshot.definition().metric() == GoalMetric.CLICK) ? "clicked more often" : "bought more often";
	}

	private static String interval(Interval interval) {
		return format("%+.2f to %+.2f points", 100 * interval.lower(), 100 * interval.upper());
	}

	private static String points(double rate) {
		return format("%.2f percentage points", 100 * rate);
	}

	private static String probability(double pValue) {
		return (pValue < 1e-6) ? "fewer than one in a million" : format("one in %,.0f", 1 / pValue);
	}

	private static String duration(Duration duration) {
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
