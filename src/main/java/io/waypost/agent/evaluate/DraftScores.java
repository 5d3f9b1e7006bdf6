package io.waypost.agent.evaluate;

import java.util.List;

/**
 * Scores of a draft. A score is the weighted mean of its parts, and at most the lowest of
 * its limiting parts: an insult is not made good by a short subject line.
 *
 * @param quality 0 to 1: editorial quality
 * @param relevance 0 to 1: agreement with the content plan
 * @param parts the weighted parts of both scores
 */
public record DraftScores(double quality, double relevance, List<ScorePart> parts) {

	private static final double LIMITING_WEIGHT = 0.05;

	public DraftScores {
		parts = List.copyOf(parts);
	}

	/**
	 * A weighted part of a score.
	 *
	 * @param score {@code quality} or {@code relevance}
	 * @param name name of the part
	 * @param value 0 to 1
	 * @param weight its share of the mean
	 * @param limit whether the score is at most this value
	 * @param why explanation
	 */
	public record ScorePart(String score, String name, double value, double weight, boolean limit, String why) {

		/**
		 * Creates a part that only counts in the mean. The value is brought into 0 to 1.
		 */
		static ScorePart weighted(String score, String name, double value, double weight, String why) {
			return new ScorePart(score, name, rounded(value), weight, false, why);
		}

		/**
		 * Creates a part that also limits its score. The value is brought into 0 to 1.
		 */
		static ScorePart limiting(String score, String name, double value, String why) {
			return new ScorePart(score, name, rounded(value), LIMITING_WEIGHT, true, why);
		}

		private static double rounded(double value) {
			return Math.round(Math.clamp(value, 0.0, 1.0) * 1000) / 1000.0;
		}

	}

	/** Calculates both scores, rounded to three decimals. */
	static DraftScores of(List<ScorePart> parts) {
		return new DraftScores(score(parts, "quality"), score(parts, "relevance"), parts);
	}

	private static double score(List<ScorePart> parts, String score) {
		double sum = 0;
		double weight = 0;
		double limit = 1;
		for (ScorePart part : parts) {
			if (part.score().equals(score)) {
				sum += part.value() * part.weight();
				weight += part.weight();
				limit = part.limit() ? Math.min(limit, part.value()) : limit;
			}
		}
		return (weight > 0) ? Math.round(Math.min(limit, sum / weight) * 1000) / 1000.0 : 0;
	}

}
