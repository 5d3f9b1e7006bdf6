package io.waypost.agent.score;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Flesch's reading ease, 0 (hard) to 100 (easy), with the constants each language needs:
 * Flesch (1948) for English, Amstad (1978) for German, Kandel and Moles (1958) for
 * French. Syllables are counted as groups of vowels.
 */
final class ReadingEase {

	private static final Pattern SENTENCE_END = Pattern.compile("[.!?…:](?:\\s|$)|\\n+");

	private static final Pattern WORD = Pattern.compile("[\\p{L}’']+");

	private static final Pattern VOWELS = Pattern.compile("[aeiouyäöüàâéèêëîïôùûœæ]+");

	private ReadingEase() {
	}

	static double of(String text, Locale locale) {
		Matcher words = WORD.matcher(text);
		int count = 0;
		int syllables = 0;
		while (words.find()) {
			count++;
			syllables += syllables(words.group().toLowerCase(locale), locale);
		}
		if (count == 0) {
			return 0;
		}
		double perWord = (double) syllables / count;
		double perSentence = wordsPerSentence(text);
		double ease = switch (locale.getLanguage()) {
			case "de" -> 180 - perSentence - 58.5 * perWord;
			case "fr" -> 207 - 1.015 * perSentence - 73.6 * perWord;
			default -> 206.835 - 1.015 * perSentence - 84.6 * perWord;
		};
		return Math.clamp(ease, 0.0, 100.0);
	}

	static double wordsPerSentence(String text) {
		long words = WORD.matcher(text).results().count();
		long sentences = SENTENCE_END.splitAsStream(text).filter((part) -> WORD.matcher(part).find()).count();
		return (sentences > 0) ? (double) words / sentences : words;
	}

	private static int syllables(String word, Locale locale) {
		int groups = (int) VOWELS.matcher(word).results().count();
		boolean silent = groups > 1 && word.endsWith("e") && !word.endsWith("le") && !locale.getLanguage().equals("de");
		return Math.max(1, silent ? groups - 1 : groups);
	}

}
