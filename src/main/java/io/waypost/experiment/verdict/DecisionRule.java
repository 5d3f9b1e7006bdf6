package io.waypost.experiment.verdict;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import io.waypost.experiment.ExperimentArmResult.GuardrailMetricResult.GuardrailState;
import io.waypost.experiment.ExperimentDecision;
import io.waypost.experiment.ExperimentSettings;
import io.waypost.experiment.ExperimentVerdict;
import io.waypost.experiment.measure.ArmTotals;
import io.waypost.experiment.stats.SampleRatio;

/**
 * The decision rule of experiments, in this order: an uneven split needs a review;
 * without enough data the test goes on; a better arm is shipped unless it breaks a
 * guardrail; if all other arms are worse or break a guardrail, they are rolled back; at
 * the deadline the test is extended, and after the last extension the default arm stays.
 */
final class DecisionRule {

	private final long minimumPeople;

	private final long minimumConversions;

	DecisionRule(ExperimentSettings settings) {
		this.minimumPeople = settings.minimumPeople();
		this.minimumConversions = settings.minimumConversions();
	}

	/**
	 * Result of the rule. The explanation is formatted only when the verdict is read.
	 *
	 * @param decision the decision
	 * @param arm arm for people who are not in the test
	 * @param explanation why
	 */
	record Result(ExperimentDecision decision, String arm, Supplier<String> explanation) {

		ExperimentVerdict verdict() {
			return new ExperimentVerdict(this.decision, this.arm, this.explanation.get());
		}

	}

	Result decide(ExperimentSnapshot snapshot) {
		ArmComparisons comparisons = new ArmComparisons(snapshot);
		double sampleRatioP = comparisons.sampleRatioP();
		if (sampleRatioP < SampleRatio.BLOCK_BELOW) {
			return defaultArm(snapshot, ExperimentDecision.REVIEW, () -> VerdictText.sampleRatioMismatch(sampleRatioP));
		}
		Optional<String> missing = missingData(snapshot);
		if (missing.isPresent()) {
			return snapshot.deadlinePassed() ? afterDeadline(snapshot, () -> VerdictText.notEnough(missing.get()))
					: defaultArm(snapshot, ExperimentDecision.KEEP_RUNNING, () -> VerdictText.tooEarly(missing.get()));
		}
		if (snapshot.definition().challengers().isEmpty()) {
			return defaultArm(snapshot,
					snapshot.deadlinePassed() ? ExperimentDecision.INCONCLUSIVE : ExperimentDecision.KEEP_RUNNING,
					VerdictText::nothingToCompare);
		}
		return compare(snapshot, comparisons.challengers());
	}

	private static Result compare(ExperimentSnapshot snapshot, List<Challenger> challengers) {
		Optional<Challenger> best = best(
				challengers.stream().filter((one) -> one.isBetter() && !one.isHarmful()).toList());
		if (best.isPresent()) {
			return better(snapshot, best.get());
		}
		Optional<Challenger> harmful = best(challengers.stream().filter(Challenger::isBetter).toList());
		if (harmful.isPresent()) {
			return defaultArm(snapshot, ExperimentDecision.REVIEW,
					() -> VerdictText.guardrailBroken(snapshot, harmful.get()));
		}
		if (challengers.stream().allMatch(Challenger::isWorseOrHarmful)
				&& challengers.size() == snapshot.definition().challengers().size()) {
			return defaultArm(snapshot, ExperimentDecision.ROLLBACK, () -> VerdictText.rollback(snapshot, challengers));
		}
		return snapshot.deadlinePassed()
				? afterDeadline(snapshot, () -> VerdictText.noDifference(snapshot, challengers)) : defaultArm(snapshot,
						ExperimentDecision.KEEP_RUNNING, () -> VerdictText.notSignificant(snapshot, challengers));
	}

	private static Result better(ExperimentSnapshot snapshot, Challenger best) {
		return (best.guardrails() == GuardrailState.WITHIN)
				? new Result(ExperimentDecision.SHIP, best.arm(), () -> VerdictText.ship(snapshot, best))
				: defaultArm(snapshot, ExperimentDecision.REVIEW, () -> VerdictText.guardrailDoubtful(snapshot, best));
	}

	private static Optional<Challenger> best(List<Challenger> candidates) {
		return candidates.stream().max(Comparator.comparingDouble((one) -> one.effect().estimate()));
	}

	/** Extends the test if possible; otherwise the default arm stays. */
	private static Result afterDeadline(ExperimentSnapshot snapshot, Supplier<String> reason) {
		return (snapshot.extensionsLeft() > 0)
				? defaultArm(snapshot, ExperimentDecision.KEEP_RUNNING,
						() -> VerdictText.extended(snapshot, reason.get()))
				: defaultArm(snapshot, ExperimentDecision.INCONCLUSIVE,
						() -> VerdictText.inconclusive(snapshot, reason.get()));
	}

	/** What is missing for a decision; empty when there is enough data. */
	private Optional<String> missingData(ExperimentSnapshot snapshot) {
		if (snapshot.isBeforeMinimumRun()) {
			return Optional.of(VerdictText.runTooShort(snapshot));
		}
		long users = snapshot.totals().stream().mapToLong(ArmTotals::matured).min().orElse(0);
		if (users < this.minimumPeople) {
			return Optional.of(VerdictText.tooFew(users, this.minimumPeople, "matured people"));
		}
		long conversions = snapshot.totals().stream().mapToLong(ArmTotals::conversions).min().orElse(0);
		return (conversions < this.minimumConversions && !snapshot.definition().challengers().isEmpty())
				? Optional.of(VerdictText.tooFew(conversions, this.minimumConversions, "conversions"))
				: Optional.empty();
	}

	private static Result defaultArm(ExperimentSnapshot snapshot, ExperimentDecision decision,
			Supplier<String> explanation) {
		return new Result(decision, snapshot.definition().defaultArm(), explanation);
	}

}
