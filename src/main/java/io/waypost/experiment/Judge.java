package io.waypost.experiment;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import io.waypost.experiment.ArmReading.GuardrailReading.State;
import io.waypost.experiment.stats.SampleRatio;

/**
 * The rule by which an experiment is decided, in this order: an uneven split stops
 * everything; nothing is decided before there is enough; a better arm is shipped unless
 * it does harm; arms that are all worse or harmful are rolled back; at the deadline it is
 * extended, and in the end the default arm stays.
 */
final class Judge {

	private final long minimumUsers;

	private final long minimumConversions;

	Judge(ExperimentSettings settings) {
		this.minimumUsers = settings.minimumUsers();
		this.minimumConversions = settings.minimumConversions();
	}

	Ruling judge(Standing standing) {
		Comparisons comparisons = new Comparisons(standing);
		double sampleRatioP = comparisons.sampleRatioP();
		if (sampleRatioP < SampleRatio.BLOCK_BELOW) {
			return ruling(standing, Decision.REVIEW, () -> Sentences.unevenSplit(sampleRatioP));
		}
		Optional<String> missing = missing(standing);
		if (missing.isPresent()) {
			return standing.deadlinePassed() ? late(standing, () -> Sentences.notEnough(missing.get()))
					: ruling(standing, Decision.KEEP_RUNNING, () -> Sentences.notYet(missing.get()));
		}
		if (standing.definition().challengers().isEmpty()) {
			return ruling(standing, standing.deadlinePassed() ? Decision.INCONCLUSIVE : Decision.KEEP_RUNNING,
					Sentences::nothingToCompare);
		}
		return compare(standing, comparisons.challengers());
	}

	private static Ruling compare(Standing standing, List<Challenger> challengers) {
		Optional<Challenger> best = best(
				challengers.stream().filter((one) -> one.isBetter() && !one.doesHarm()).toList());
		if (best.isPresent()) {
			return better(standing, best.get());
		}
		Optional<Challenger> harmful = best(challengers.stream().filter(Challenger::isBetter).toList());
		if (harmful.isPresent()) {
			return ruling(standing, Decision.REVIEW, () -> Sentences.harmful(standing, harmful.get()));
		}
		if (challengers.stream().allMatch(Challenger::isOut)
				&& challengers.size() == standing.definition().challengers().size()) {
			return ruling(standing, Decision.ROLLBACK, () -> Sentences.rollback(standing, challengers));
		}
		return standing.deadlinePassed() ? late(standing, () -> Sentences.noDifference(standing, challengers))
				: ruling(standing, Decision.KEEP_RUNNING, () -> Sentences.notClear(standing, challengers));
	}

	private static Ruling better(Standing standing, Challenger best) {
		return (best.guardrails() == State.WITHIN)
				? new Ruling(Decision.SHIP, best.arm(), () -> Sentences.ship(standing, best))
				: ruling(standing, Decision.REVIEW, () -> Sentences.doubtful(standing, best));
	}

	private static Optional<Challenger> best(List<Challenger> candidates) {
		return candidates.stream().max(Comparator.comparingDouble((one) -> one.effect().estimate()));
	}

	/** Extended while that is allowed; then the default arm stays, and we say why. */
	private static Ruling late(Standing standing, Supplier<String> why) {
		return (standing.extensionsLeft() > 0)
				? ruling(standing, Decision.KEEP_RUNNING, () -> Sentences.extended(standing, why.get()))
				: ruling(standing, Decision.INCONCLUSIVE, () -> Sentences.inconclusive(standing, why.get()));
	}

	/** What is missing for a verdict; empty when there is enough. */
	private Optional<String> missing(Standing standing) {
		if (standing.isYoung()) {
			return Optional.of(Sentences.tooYoung(standing));
		}
		long users = standing.tallies().stream().mapToLong(Tally::matured).min().orElse(0);
		if (users < this.minimumUsers) {
			return Optional.of(Sentences.tooFew(users, this.minimumUsers, "matured people"));
		}
		long conversions = standing.tallies().stream().mapToLong(Tally::conversions).min().orElse(0);
		return (conversions < this.minimumConversions && !standing.definition().challengers().isEmpty())
				? Optional.of(Sentences.tooFew(conversions, this.minimumConversions, "conversions")) : Optional.empty();
	}

	private static Ruling ruling(Standing standing, Decision decision, Supplier<String> sentence) {
		return new Ruling(decision, standing.definition().defaultArm(), sentence);
	}

}
