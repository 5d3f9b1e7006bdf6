package io.waypost.agent.evaluate;

import java.util.List;

/**
 * Scores of a draft.
 *
 * @param quality 0 to 1: editorial quality
 * @param relevance 0 to 1: agreement with the content plan
 * @param parts the weighted parts of both scores
 */
public record DraftScores(double quality, double relevance, List<ScorePart> parts) {

	public DraftScores {
		parts = List.copyOf(parts);
	}

	/**
	 * A weighted part of a score.
	 *
	 * @param score {@code quality} or {@code relevance}
	 * @param name name of the part
	 * @param value 0 to 1
	 * @param weight its share of the score
	 * @param why explanation
	 */
	public record ScorePart(String score, String name, double value, double weight, String why) {

	}

	/** Calculates the weighted means, rounded to three decimals. */
	static DraftScores of(List<ScorePart> parts) {
		return new DraftScores(mean(parts, "quality"), mean(parts, "relevance"), parts);
	}

	private static double mean(List<ScorePart> parts, String score) {
		double sum = 0;
		double weight = 0;
		for (ScorePart part : parts) {
			if (part.score().equals(score)) {
				sum += part.value() * part.weight();
				weight += part.weight();
			}
		}
		return (weight > 0) ? Math.round(sum / weight * 1000) / 1000.0 : 0;
	}

}
