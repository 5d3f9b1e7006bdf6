package io.waypost.experiment;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

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

	Verdict judge(Standing standing) {
		Comparisons comparisons = new Comparisons(standing);
		double sampleRatioP = comparisons.sampleRatioP();
		if (sampleRatioP < SampleRatio.BLOCK_BELOW) {
			return verdict(standing, Decision.REVIEW, Sentences.unevenSplit(sampleRatioP));
		}
		String missing = missing(standing);
		if (!missing.isEmpty()) {
			return standing.deadlinePassed() ? late(standing, Sentences.notEnough(missing))
					: verdict(standing, Decision.KEEP_RUNNING, Sentences.notYet(missing));
		}
		if (standing.definition().challengers().isEmpty()) {
			return standing.deadlinePassed() ? verdict(standing, Decision.INCONCLUSIVE, Sentences.nothingToCompare())
					: verdict(standing, Decision.KEEP_RUNNING, Sentences.nothingToCompare());
		}
		return compare(standing, comparisons.challengers());
	}

	private Verdict compare(Standing standing, List<Challenger> challengers) {
		Optional<Challenger> best = best(
				challengers.stream().filter((one) -> one.isBetter() && !one.doesHarm()).toList());
		if (best.isPresent()) {
			return (best.get().guardrails() == State.WITHIN)
					? new Verdict(Decision.SHIP, best.get().arm(), Sentences.ship(standing, best.get()))
					: verdict(standing, Decision.REVIEW, Sentences.doubtful(standing, best.get()));
		}
		Optional<Challenger> harmful = best(challengers.stream().filter(Challenger::isBetter).toList());
		if (harmful.isPresent()) {
			return verdict(standing, Decision.REVIEW, Sentences.harmful(standing, harmful.get()));
		}
		if (challengers.stream().allMatch(Challenger::isOut)
				&& challengers.size() == standing.definition().challengers().size()) {
			return verdict(standing, Decision.ROLLBACK, Sentences.rollback(standing, challengers));
		}
		return standing.deadlinePassed() ? late(standing, Sentences.noDifference(standing, challengers))
				: verdict(standing, Decision.KEEP_RUNNING, Sentences.notClear(standing, challengers));
	}

	private static Optional<Challenger> best(List<Challenger> candidates) {
		return candidates.stream().max(Comparator.comparingDouble((one) -> one.effect().estimate()));
	}

	/** Extended while that is allowed; then the default arm stays, and we say why. */
	private static Verdict late(Standing standing, String why) {
		return (standing.extensionsLeft() > 0)
				? verdict(standing, Decision.KEEP_RUNNING, Sentences.extended(standing, why))
				: verdict(standing, Decision.INCONCLUSIVE, Sentences.inconclusive(standing, why));
	}

	/** What is missing for a verdict; empty when there is enough. */
	private String missing(Standing standing) {
		if (standing.isYoung()) {
			return Sentences.tooYoung(standing);
		}
		long users = standing.tallies().stream().mapToLong(Tally::matured).min().orElse(0);
		if (users < this.minimumUsers) {
			return Sentences.tooFew(users, this.minimumUsers, "matured people");
		}
		long conversions = standing.tallies().stream().mapToLong(Tally::conversions).min().orElse(0);
		if (conversions < this.minimumConversions && !standing.definition().challengers().isEmpty()) {
			return Sentences.tooFew(conversions, this.minimumConversions, "conversions");
		}
		return "";
	}

	private static Verdict verdict(Standing standing, Decision decision, String sentence) {
		return new Verdict(decision, standing.definition().defaultArm(), sentence);
	}

}
