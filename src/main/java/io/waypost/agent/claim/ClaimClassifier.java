package io.waypost.agent.claim;

import io.waypost.agent.claim.ClaimModel.LanguageThresholds;
import io.waypost.agent.claim.ClaimModel.Threshold;
import org.jspecify.annotations.Nullable;

/** Finds sentences that make a claim. It has no state; threads may share it. */
public final class ClaimClassifier {

	/** A single word says too little. */
	private static final int FEWEST_WORDS = 2;

	private final ClaimModel model;

	/** Creates a classifier with the model of the product. */
	public ClaimClassifier() {
		this(ClaimModel.read());
	}

	ClaimClassifier(ClaimModel model) {
		this.model = model;
	}

	/**
	 * Classifies a sentence.
	 * @param sentence one sentence
	 * @param language ISO 639 code of its text; another language than English, German and
	 * French has the most careful thresholds
	 * @return the claim, null when the sentence makes none
	 */
	public @Nullable SentenceClaim classify(String sentence, String language) {
		ClaimFeatures features = ClaimFeatures.of(sentence);
		if (features.words() < FEWEST_WORDS) {
			return null;
		}
		float[] scores = this.model.weights().scores(features);
		LanguageThresholds thresholds = this.model.thresholds(language);
		ClaimKind best = ClaimKind.PROMISE;
		double margin = Double.NEGATIVE_INFINITY;
		for (ClaimKind kind : ClaimKind.values()) {
			double above = scores[kind.ordinal()] - thresholds.of(kind).review();
			if (above > margin) {
				margin = above;
				best = kind;
			}
		}
		Threshold any = thresholds.any();
		if (margin <= 0 && scores[ClaimWeights.ANY] <= any.review()) {
			return null;
		}
		boolean certain = scores[best.ordinal()] > thresholds.of(best).certain()
				|| scores[ClaimWeights.ANY] > any.certain();
		return new SentenceClaim(best, certain);
	}

	/**
	 * A claim of a sentence.
	 *
	 * @param kind what it claims
	 * @param certain whether it is as certain as a phrase
	 */
	public record SentenceClaim(ClaimKind kind, boolean certain) {

	}

}
