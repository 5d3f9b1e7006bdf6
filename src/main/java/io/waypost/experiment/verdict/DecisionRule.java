package io.waypost.experiment.verdict;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import io.waypost.experiment.ExperimentArmResult.GuardrailMetricResult.GuardrailState;
import io.waypost.experiment.ExperimentDecision;
import io.waypost.experiment.ExperimentSettings;
import io.waypost.experiment.measure.ArmTotals;
import io.waypost.experiment.stats.SampleRatio;

/**
 * The rule by which an experiment is decided, in this order: an uneven split stops
 * everything; nothing is decided before there is enough; a better arm is shipped unless
 * it does harm; arms that are all worse or harmful are rolled back; at the deadline it is
 * extended, and in the end the default arm stays.
 */
final class DecisionRule {

	private final long minimumUsers;

	private final long minimumConversions;

	DecisionRule(ExperimentSettings settings) {
		this.minimumUsers = settings.minimumUsers();
		this.minimumConversions = settings.minimumConversions();
	}

	DecisionRuleResult decide(ExperimentSnapshot standing) {
		ArmComparisons comparisons = new ArmComparisons(standing);
		double sampleRatioP = comparisons.sampleRatioP();
		if (sampleRatioP < SampleRatio.BLOCK_BELOW) {
			return ruling(standing, ExperimentDecision.REVIEW, () -> VerdictText.sampleRatioMismatch(sampleRatioP));
		}
		Optional<String> missing = missing(standing);
		if (missing.isPresent()) {
			return standing.deadlinePassed() ? late(standing, () -> VerdictText.notEnough(missing.get()))
					: ruling(standing, ExperimentDecision.KEEP_RUNNING, () -> VerdictText.tooEarly(missing.get()));
		}
		if (standing.definition().challengers().isEmpty()) {
			return ruling(standing,
					standing.deadlinePassed() ? ExperimentDecision.INCONCLUSIVE : ExperimentDecision.KEEP_RUNNING,
					VerdictText::nothingToCompare);
		}
		return compare(standing, comparisons.challengers());
	}

	private static DecisionRuleResult compare(ExperimentSnapshot standing, List<Challenger> challengers) {
		Optional<Challenger> best = best(
				challengers.stream().filter((one) -> one.isBetter() && !one.isHarmful()).toList());
		if (best.isPresent()) {
			return better(standing, best.get());
		}
		Optional<Challenger> harmful = best(challengers.stream().filter(Challenger::isBetter).toList());
		if (harmful.isPresent()) {
			return ruling(standing, ExperimentDecision.REVIEW,
					() -> VerdictText.guardrailBroken(standing, harmful.get()));
		}
		if (challengers.stream().allMatch(Challenger::isWorseOrHarmful)
				&& challengers.size() == standing.definition().challengers().size()) {
			return ruling(standing, ExperimentDecision.ROLLBACK, () -> VerdictText.rollback(standing, challengers));
		}
		return standing.deadlinePassed() ? late(standing, () -> VerdictText.noDifference(standing, challengers))
				: ruling(standing, ExperimentDecision.KEEP_RUNNING, () -> VerdictText.notClear(standing, challengers));
	}

	private static DecisionRuleResult better(ExperimentSnapshot standing, Challenger best) {
		return (best.guardrails() == GuardrailState.WITHIN)
				? new DecisionRuleResult(ExperimentDecision.SHIP, best.arm(), () -> VerdictText.ship(standing, best))
				: ruling(standing, ExperimentDecision.REVIEW, () -> VerdictText.guardrailDoubtful(standing, best));
	}

	private static Optional<Challenger> best(List<Challenger> candidates) {
		return candidates.stream().max(Comparator.comparingDouble((one) -> one.effect().estimate()));
	}

	/** Extended while that is allowed; then the default arm stays, and we say why. */
	private static DecisionRuleResult late(ExperimentSnapshot standing, Supplier<String> why) {
		return (standing.extensionsLeft() > 0)
				? ruling(standing, ExperimentDecision.KEEP_RUNNING, () -> VerdictText.extended(standing, why.get()))
				: ruling(standing, ExperimentDecision.INCONCLUSIVE,
						() -> VerdictText.inconclusive(standing, why.get()));
	}

	/** What is missing for a verdict; empty when there is enough. */
	private Optional<String> missing(ExperimentSnapshot standing) {
		if (standing.isBeforeMinimumRun()) {
			return Optional.of(VerdictText.runTooShort(standing));
		}
		long users = standing.totals().stream().mapToLong(ArmTotals::matured).min().orElse(0);
		if (users < this.minimumUsers) {
			return Optional.of(VerdictText.tooFew(users, this.minimumUsers, "matured people"));
		}
		long conversions = standing.totals().stream().mapToLong(ArmTotals::conversions).min().orElse(0);
		return (conversions < this.minimumConversions && !standing.definition().challengers().isEmpty())
				? Optional.of(VerdictText.tooFew(conversions, this.minimumConversions, "conversions"))
				: Optional.empty();
	}

	private static DecisionRuleResult ruling(ExperimentSnapshot standing, ExperimentDecision decision,
			Supplier<String> sentence) {
		return new DecisionRuleResult(decision, standing.definition().defaultArm(), sentence);
	}

}
