package io.waypost.agent.evaluate;

import java.util.Locale;

/**
 * Flesch reading ease, 0 (difficult) to 100 (easy), with the constants of each language:
 * Flesch (1948) for English, Amstad (1978) for German, Kandel and Moles (1958) for
 * French. Syllables are counted as groups of vowels.
 */
final class ReadingEase {

	private ReadingEase() {
	}

	static double of(TextStatistics counts, Locale locale) {
		if (counts.words() == 0) {
			return 0;
		}
		double perWord = (double) counts.syllables() / counts.words();
		double perSentence = counts.wordsPerSentence();
		double ease = switch (locale.getLanguage()) {
			case "de" -> 180 - perSentence - 58.5 * perWord;
			case "fr" -> 207 - 1.015 * perSentence - 73.6 * perWord;
			default -> 206.835 - 1.015 * perSentence - 84.6 * perWord;
		};
		return Math.clamp(ease, 0.0, 100.0);
	}

}
