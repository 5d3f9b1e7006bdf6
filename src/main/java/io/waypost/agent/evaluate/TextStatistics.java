package io.waypost.agent.evaluate;

import java.util.Locale;

/**
 * Counts of words, syllables and sentences, found in one pass.
 *
 * @param words runs of letters and apostrophes
 * @param syllables groups of vowels, at least one per word; a final silent e is not
 * counted, except in German
 * @param sentences parts with at least one word that end with a punctuation mark and
 * white space, or at the end of a line
 */
record TextStatistics(int words, int syllables, int sentences) {

	private static final String VOWELS = "aeiouyäöüàâéèêëîïôùûœæ";

	static TextStatistics of(String text, Locale locale) {
		boolean silentEnd = !locale.getLanguage().equals("de");
		int words = 0;
		int syllables = 0;
		int sentences = 0;
		boolean hasWord = false;
		for (int at = 0; at < text.length();) {
			if (isInWord(text.codePointAt(at))) {
				int end = wordEnd(text, at);
				words++;
				syllables += syllables(text, at, end, silentEnd);
				hasWord = true;
				at = end;
			}
			else {
				if (hasWord && endsSentence(text, at)) {
					sentences++;
					hasWord = false;
				}
				at++;
			}
		}
		return new TextStatistics(words, syllables, hasWord ? sentences + 1 : sentences);
	}

	double wordsPerSentence() {
		return (this.sentences > 0) ? (double) this.words / this.sentences : this.words;
	}

	/**
	 * Computes the Flesch reading ease with the constants of each language: Flesch (1948)
	 * for English, Amstad (1978) for German, Kandel and Moles (1958) for French.
	 * @return 0 (difficult) to 100 (easy)
	 */
	double readingEase(Locale locale) {
		if (this.words == 0) {
			return 0;
		}
		double perWord = (double) this.syllables / this.words;
		double perSentence = wordsPerSentence();
		double ease = switch (locale.getLanguage()) {
			case "de" -> 180 - perSentence - 58.5 * perWord;
			case "fr" -> 207 - 1.015 * perSentence - 73.6 * perWord;
			default -> 206.835 - 1.015 * perSentence - 84.6 * perWord;
		};
		return Math.clamp(ease, 0.0, 100.0);
	}

	private static boolean isInWord(int letter) {
		return Character.isLetter(letter) || letter == '’' || letter == '\'';
	}

	private static int wordEnd(String text, int start) {
		int end = start;
		while (end < text.length() && isInWord(text.codePointAt(end))) {
			end += Character.charCount(text.codePointAt(end));
		}
		return end;
	}

	private static boolean endsSentence(String text, int at) {
		char mark = text.charAt(at);
		return mark == '\n' || (".!?…:".indexOf(mark) >= 0
				&& (at + 1 == text.length() || Character.isWhitespace(text.charAt(at + 1))));
	}

	private static int syllables(String text, int start, int end, boolean silentEnd) {
		int groups = 0;
		boolean inGroup = false;
		for (int at = start; at < end; at++) {
			boolean vowel = VOWELS.indexOf(Character.toLowerCase(text.charAt(at))) >= 0;
			groups += (vowel && !inGroup) ? 1 : 0;
			inGroup = vowel;
		}
		boolean silent = silentEnd && groups > 1 && Character.toLowerCase(text.charAt(end - 1)) == 'e'
				&& Character.toLowerCase(text.charAt(end - 2)) != 'l';
		return Math.max(1, silent ? groups - 1 : groups);
	}

}
