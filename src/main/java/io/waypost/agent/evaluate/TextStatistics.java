package io.waypost.agent.evaluate;

import java.util.Locale;

/**
 * What a text is made of, counted in one pass.
 *
 * @param words runs of letters and apostrophes
 * @param syllables groups of vowels, at least one a word; a silent e at the end of a word
 * counts for nothing, except in German
 * @param sentences stretches with a word in them, up to a mark followed by a space, or a
 * line's end
 */
record TextStatistics(int words, int syllables, int sentences) {

	private static final String VOWELS = "aeiouyäöüàâéèêëîïôùûœæ";

	static TextStatistics of(String text, Locale locale) {
		boolean silentEnd = !locale.getLanguage().equals("de");
		int words = 0;
		int syllables = 0;
		int sentences = 0;
		boolean spoken = false;
		for (int at = 0; at < text.length();) {
			if (isInWord(text.codePointAt(at))) {
				int end = wordEnd(text, at);
				words++;
				syllables += syllables(text, at, end, silentEnd);
				spoken = true;
				at = end;
			}
			else {
				if (spoken && endsSentence(text, at)) {
					sentences++;
					spoken = false;
				}
				at++;
			}
		}
		return new TextStatistics(words, syllables, spoken ? sentences + 1 : sentences);
	}

	double wordsPerSentence() {
		return (this.sentences > 0) ? (double) this.words / this.sentences : this.words;
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
