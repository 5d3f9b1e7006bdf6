package io.waypost.agent.evaluate;

import java.util.List;

/**
 * How good words are.
 *
 * @param quality 0 to 1: would a careful editor let it pass
 * @param relevance 0 to 1: does it talk about what was planned
 * @param parts what the two are made of
 */
public record DraftScores(double quality, double relevance, List<ScorePart> parts) {

	public DraftScores {
		parts = List.copyOf(parts);
	}

	/**
	 * One reason.
	 *
	 * @param score {@code quality} or {@code relevance}
	 * @param name what was looked at
	 * @param value 0 to 1
	 * @param weight its share of the score
	 * @param why what was found
	 */
	public record ScorePart(String score, String name, double value, double weight, String why) {

	}

	/** The weighted means, rounded to three decimals. */
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
